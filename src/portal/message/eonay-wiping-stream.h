#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayWipingStream: reads bytes into the caller's buffer, and cleanses that buffer when the caller
 * reads the end. So a caller that copies a stream through one buffer, as
 * g_output_stream_splice_async() does, leaves no copy in freed memory.
 */
#define EONAY_TYPE_WIPING_STREAM (eonay_wiping_stream_get_type ())
G_DECLARE_FINAL_TYPE (EonayWipingStream, eonay_wiping_stream, EONAY, WIPING_STREAM, GInputStream)

GInputStream *eonay_wiping_stream_new (GBytes *bytes);

G_END_DECLS
