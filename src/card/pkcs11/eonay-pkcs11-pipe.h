#pragma once

#include "card/pkcs11/eonay-pkcs11-frame.h"

G_BEGIN_DECLS

/** The file descriptor on which the module host finds its end of the pipe. */
#define EONAY_PKCS11_HOST_FD 3

#define EONAY_PKCS11_FOREVER G_MAXINT64

typedef enum {
  EONAY_PKCS11_PIPE_DONE,
  EONAY_PKCS11_PIPE_CLOSED, /* nobody is at the other end */
  EONAY_PKCS11_PIPE_TIMED_OUT,
  EONAY_PKCS11_PIPE_MALFORMED, /* a frame that is too long, or none of its type */
} EonayPkcs11PipeResult;

/*
 * Frames over a stream socket between the program and its module host: a length in 32 bits,
 * big-endian, then as many bytes. Blocking; not for the main thread.
 *
 * @deadline: in g_get_monotonic_time()'s time, or %EONAY_PKCS11_FOREVER
 */

/** @frame: (transfer floating) */
EonayPkcs11PipeResult eonay_pkcs11_pipe_write_frame (int fd, GVariant *frame, gint64 deadline);

/**
 * eonay_pkcs11_pipe_read_frame:
 * @type: as of eonay_pkcs11_frame_open()
 * @frame: (out) (transfer full): set if the result is DONE
 */
EonayPkcs11PipeResult eonay_pkcs11_pipe_read_frame (int fd, const char *type, gint64 deadline,
                                                    GVariant **frame);

/** Bare bytes, for secrets: no copy of them is made here. */
EonayPkcs11PipeResult eonay_pkcs11_pipe_write (int fd, const void *bytes, gsize length,
                                               gint64 deadline);
EonayPkcs11PipeResult eonay_pkcs11_pipe_read (int fd, void *bytes, gsize length, gint64 deadline);

G_END_DECLS
