package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE is told about the properties. */
class ConfigurationMetadataTests {

    @Test
    void everyPropertyHasADescription() throws Exception {
        assertThat(properties())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.get("name").stringValue())
                        .isNotBlank());
    }

    @Test
    void defaultsAreTold() throws Exception {
        assertThat(properties())
                .filteredOn(property -> property.get("name").stringValue().equals("channels.defaults.capacity"))
                .singleElement()
                .satisfies(property ->
                        assertThat(property.get("defaultValue").asString()).isEqualTo("128"));
    }

    private static JsonNode properties() throws Exception {
        try (InputStream metadata =
                ChannelListener.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(metadata).get("properties");
        }
    }
}
