package com.example.thumbnails;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What travels through the channel: where an upload lies, not its bytes, so that a thousand waiting pictures take disk
 * and not memory.
 */
record Picture(UUID id, String name, Path upload) {}
