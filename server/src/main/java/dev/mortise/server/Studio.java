package dev.mortise.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/// What Spring puts together: the slices below this package.
@SpringBootApplication
class Studio {}
