package dev.channels.spring.actuate;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/** Has the channels endpoint refuse what it does not know when something is to change; Actuator would ignore it. */
public final class StrictArguments implements OperationInvokerAdvisor {

    private static final EndpointId CHANNELS = EndpointId.of("channels");

    /** Creates the advisor. */
    public StrictArguments() {}

    @Override
    public OperationInvoker apply(
            EndpointId endpointId,
            OperationType operationType,
            OperationParameters parameters,
            OperationInvoker invoker) {
        if (!endpointId.equals(CHANNELS) || operationType != OperationType.WRITE) {
            return invoker;
        }
        Set<String> known = parameters.stream().map(OperationParameter::getName).collect(Collectors.toSet());
        return context -> {
            refuseUnknown(context.getArguments(), known);
            return invoker.invoke(context);
        };
    }

    private static void refuseUnknown(Map<String, Object> arguments, Set<String> known) {
        arguments.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw refusal("There is no '" + name + "' to change");
            }
            if (value == null || value.toString().isBlank()) {
                throw refusal("'" + name + "' has no value");
            }
        });
    }

    private static InvalidEndpointRequestException refusal(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
