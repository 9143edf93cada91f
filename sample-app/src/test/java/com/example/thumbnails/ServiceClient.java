package com.example.thumbnails;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the service as any client would. */
final class ServiceClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final RestClient http;

    ServiceClient(String url) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(Duration.ofSeconds(60));
        this.http = RestClient.builder().baseUrl(url).requestFactory(requests).build();
    }

    Answer post(String uri, PictureFile... files) {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.addAll("files", List.of(files));
        return http.post().uri(uri).body(parts).exchange(ServiceClient::answer);
    }

    Answer get(String uri) {
        return http.get().uri(uri).exchange(ServiceClient::answer);
    }

    /** Waits until the thumbnail is there. */
    BufferedImage thumbnail(String id, int size) {
        byte[] png = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> get("/images/" + id + "/" + size + ".png"), answer -> answer.status() == 200)
                .body();
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(HttpRequest request, ClientHttpResponse response) throws IOException {
        byte[] body = response.getBody().readAllBytes();
        return new Answer(response.getStatusCode().value(), response.getHeaders(), body);
    }

    /** An answer, whatever its status. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, HttpHeaders headers, byte[] body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The ids of the pictures that were accepted, in the order of the request. */
        List<String> ids() {
            return json().path("pictures").findValuesAsString("id");
        }
    }
}
