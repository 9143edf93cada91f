package dev.channels.spring.autoconfigure;

import dev.channels.spring.ChannelConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a channel or listener, and what to write instead. */
final class ChannelConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ChannelConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ChannelConfigurationException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
