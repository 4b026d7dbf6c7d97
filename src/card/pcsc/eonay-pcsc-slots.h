#pragma once

#include "card/apdu/eonay-slot-source.h"

G_BEGIN_DECLS

/**
 * EonayPcscSlots: the readers of the PC/SC service (pcsc-lite), watched by a thread that sleeps
 * in SCardGetStatusChange, or, while the service does not run, by waiting for its socket.
 *
 * The socket is /run/pcscd/pcscd.comm, or the environment variable PCSCLITE_CSOCK_NAME, as in
 * pcsc-lite's own client.
 */
#define EONAY_TYPE_PCSC_SLOTS (eonay_pcsc_slots_get_type ())
G_DECLARE_FINAL_TYPE (EonayPcscSlots, eonay_pcsc_slots, EONAY, PCSC_SLOTS, GObject)

EonaySlotSource *eonay_pcsc_slots_new (void);

/** Returns: (transfer none): the path of the service's socket */
const char *eonay_pcsc_slots_get_socket (void);

G_END_DECLS
