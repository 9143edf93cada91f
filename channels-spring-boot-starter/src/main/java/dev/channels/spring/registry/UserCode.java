package dev.channels.spring.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the line of the application's own code at which a thread waits. */
public final class UserCode {

    private static final List<String> OTHERS =
            List.of("java.", "javax.", "jdk.", "sun.", "dev.channels.", "org.springframework.");

    private UserCode() {}

    /**
     * The first line of the application's own code.
     *
     * @param thread the thread, whose stack is read
     * @return such as {@code com.example.Orders.create(Orders.java:42)}; empty if there is none
     */
    public static Optional<String> of(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .filter(UserCode::isUserCode)
                .findFirst()
                .map(UserCode::describe);
    }

    private static boolean isUserCode(StackTraceElement frame) {
        String name = frame.getClassName();
        return OTHERS.stream().noneMatch(name::startsWith) && !name.contains("$$") && !name.contains("$Proxy");
    }

    private static String describe(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }
}
