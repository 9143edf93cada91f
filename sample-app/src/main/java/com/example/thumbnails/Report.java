package com.example.thumbnails;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a picture, for the client that sent it and for all who watch. */
@JsonInclude(Include.NON_NULL)
record Report(
        @Nullable UUID id,
        String name,
        String status,
        @Nullable String problem) {

    static Report accepted(Picture picture) {
        return new Report(picture.id(), picture.name(), "accepted", null);
    }

    /** Without the id: there is nothing to ask for. */
    static Report refused(Picture picture) {
        return new Report(null, picture.name(), "refused", null);
    }

    static Report finished(Picture picture) {
        return new Report(picture.id(), picture.name(), "finished", null);
    }

    static Report failed(Picture picture, String problem) {
        return new Report(picture.id(), picture.name(), "failed", problem);
    }
}
