#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayPcscTransport: a slot of the PC/SC service. Uses a card only while it is connected; the
 * service may be restarted in between.
 */
#define EONAY_TYPE_PCSC_TRANSPORT (eonay_pcsc_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayPcscTransport, eonay_pcsc_transport, EONAY, PCSC_TRANSPORT, GObject)

EonayTransport *eonay_pcsc_transport_new (const char *reader);

G_END_DECLS
