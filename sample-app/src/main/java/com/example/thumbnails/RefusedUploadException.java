package com.example.thumbnails;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An upload that is not worth sending to a worker. */
final class RefusedUploadException extends ErrorResponseException {

    RefusedUploadException(HttpStatus status, String title, String file, String reason) {
        super(status, problem(status, title, file, reason), null);
    }

    static ProblemDetail problem(HttpStatus status, String title, String file, String reason) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, "'%s' %s None of the files was taken.".formatted(file, reason));
        problem.setTitle(title);
        problem.setProperty("file", file);
        return problem;
    }
}
