#pragma once

#include "base/host/eonay-frame.h"

G_BEGIN_DECLS

#define EONAY_FRAME_PIPE_FOREVER G_MAXINT64

typedef enum {
  EONAY_FRAME_PIPE_DONE,
  EONAY_FRAME_PIPE_CLOSED, /* nobody is at the other end */
  EONAY_FRAME_PIPE_TIMED_OUT,
  EONAY_FRAME_PIPE_MALFORMED, /* a frame that is too long, or none of its type */
} EonayFramePipeResult;

/*
 * Frames over a stream socket between the program and a host (base/host/eonay-host-process.h): a
 * length in 32 bits,
 * big-endian, then as many bytes. Blocking; not for the main thread.
 *
 * @deadline: in g_get_monotonic_time()'s time, or %EONAY_FRAME_PIPE_FOREVER
 */

/** @frame: (transfer floating) */
EonayFramePipeResult eonay_frame_pipe_write_frame (int fd, GVariant *frame, gint64 deadline);

/**
 * eonay_frame_pipe_read_frame:
 * @type: as of eonay_frame_open()
 * @frame: (out) (transfer full): set if the result is DONE
 */
EonayFramePipeResult eonay_frame_pipe_read_frame (int fd, const char *type, gint64 deadline,
                                                  GVariant **frame);

/** Bare bytes, for secrets: no copy of them is made here. */
EonayFramePipeResult eonay_frame_pipe_write (int fd, const void *bytes, gsize length,
                                             gint64 deadline);
EonayFramePipeResult eonay_frame_pipe_read (int fd, void *bytes, gsize length, gint64 deadline);

G_END_DECLS
