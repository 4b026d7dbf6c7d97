#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayTraceTransport: another transport, and a file to which everything that passes is written,
 * without PINs and without the person (see #EonayTraceRule, #EonayRedaction).
 *
 * The file is a transcript for #EonayReplayTransport: a header line whenever a card answers to
 * reset for the first time in a reader, then a line an exchange. Lines are appended whole, so
 * that several readers and programs can share the file; the pieces of one file of the card are
 * written together. A file that cannot be written is one warning and nothing else.
 */
#define EONAY_TYPE_TRACE_TRANSPORT (eonay_trace_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayTraceTransport, eonay_trace_transport, EONAY, TRACE_TRANSPORT, GObject)

/**
 * eonay_trace_transport_wrap:
 * @transport: (transfer full):
 * @reader: the reader's name
 *
 * Returns: (transfer full): @transport itself when the environment's EONAY_TRACE, the file's
 *   name, is not set
 */
EonayTransport *eonay_trace_transport_wrap (EonayTransport *transport, const char *reader);

G_END_DECLS
