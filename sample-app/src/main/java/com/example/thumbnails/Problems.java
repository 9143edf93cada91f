package com.example.thumbnails;

import dev.channels.ChannelClosedException;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers with problem details (RFC 9457) that say what to do. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem;
        if (NestedExceptionUtils.getMostSpecificCause(exception) instanceof FileSizeLimitExceededException tooLarge) {
            problem = RefusedUploadException.problem(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "File too large",
                    Upload.printable(tooLarge.getFileName()),
                    "is larger than %d MB. Scale it down.".formatted(tooLarge.getPermittedSize() >> 20));
        } else {
            problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.CONTENT_TOO_LARGE, "These are too many files, or too large ones. Send fewer at a time.");
            problem.setTitle("Request too large");
        }
        return handleExceptionInternal(exception, problem, headers, status, request);
    }

    @ExceptionHandler
    ProblemDetail handleMultipart(MultipartException exception) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The request is not a well-formed upload. Send pictures as parts named 'files'.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handleChannelClosed(ChannelClosedException closed) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The service takes no pictures at the moment. Send them again in a while.");
        return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "10").build();
    }
}
