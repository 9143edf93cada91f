package dev.channels.spring;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.aop.ObservedAspect;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.EnableAspectJAutoProxy;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** The two ways in which Spring makes a proxy, and what asks for it. */
enum Proxies {
    OF_INTERFACES(TransactionsByInterface.class, ObservationsByInterface.class, LimitsByInterface.class),
    OF_CLASSES(TransactionsByClass.class, ObservationsByClass.class, LimitsByClass.class);

    final Class<?> transactions;
    final Class<?> observations;
    final Class<?> limits;

    Proxies(Class<?> transactions, Class<?> observations, Class<?> limits) {
        this.transactions = transactions;
        this.observations = observations;
        this.limits = limits;
    }

    /** Transactions of nothing, counted. */
    static final class Transactions extends AbstractPlatformTransactionManager {

        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger committed = new AtomicInteger();
        final AtomicInteger rolledBack = new AtomicInteger();

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun.incrementAndGet();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            committed.incrementAndGet();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            rolledBack.incrementAndGet();
        }
    }

    static class TransactionsAsSuch {
        @Bean
        Transactions transactions() {
            return new Transactions();
        }
    }

    @EnableTransactionManagement(proxyTargetClass = false)
    static class TransactionsByInterface extends TransactionsAsSuch {}

    @EnableTransactionManagement(proxyTargetClass = true)
    static class TransactionsByClass extends TransactionsAsSuch {}

    static class ObservationsAsSuch {
        @Bean
        static ObservationRegistry observations() {
            return ObservationRegistry.create();
        }

        @Bean
        static ObservedAspect observedAspect(ObservationRegistry observations) {
            return new ObservedAspect(observations);
        }
    }

    @EnableAspectJAutoProxy(proxyTargetClass = false)
    static class ObservationsByInterface extends ObservationsAsSuch {}

    @EnableAspectJAutoProxy(proxyTargetClass = true)
    static class ObservationsByClass extends ObservationsAsSuch {}

    @EnableResilientMethods(proxyTargetClass = false)
    static class LimitsByInterface {}

    @EnableResilientMethods(proxyTargetClass = true)
    static class LimitsByClass {}
}
