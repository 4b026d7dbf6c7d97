#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What became of an attempt to reach the service's socket. */
typedef enum {
  EONAY_PCSC_SOCKET_OPEN,    /* somebody listens there */
  EONAY_PCSC_SOCKET_MISSING, /* there is none */
  EONAY_PCSC_SOCKET_SILENT,  /* it is there, and nobody listens */
  EONAY_PCSC_SOCKET_DENIED,  /* this user may not connect to it */
} EonayPcscSocket;

/**
 * EonayPcscProbeSnapshot: a reader of the service.
 *
 * @is_mute: whether a card is in that does not answer
 * @atr: the card's answer to reset, "3B 9F 97 …"; "" if there is none
 */
typedef struct {
  char *name;
  gboolean has_card;
  gboolean is_mute;
  char *atr;
} EonayPcscProbeSnapshot;

EonayPcscProbeSnapshot *eonay_pcsc_probe_snapshot_new (const char *name, gboolean has_card,
                                                       gboolean is_mute, const guint8 *atr,
                                                       gsize atr_length);
void eonay_pcsc_probe_snapshot_free (EonayPcscProbeSnapshot *self);

/**
 * EonayPcscProbeFacts: how the PC/SC service is.
 *
 * @is_installed: whether its program or its unit is on this computer
 * @socket: %EONAY_PCSC_SOCKET_OPEN whenever @error is %NULL
 * @error: (nullable): of %EONAY_CARD_ERROR: why it cannot be used; _UNRESPONSIVE: it did not answer
 *   in time
 * @readers: (element-type EonayPcscProbeSnapshot)
 */
typedef struct {
  gboolean is_installed;
  EonayPcscSocket socket;
  GError *error;
  GPtrArray *readers;
} EonayPcscProbeFacts;

/** Returns: (transfer full): of a service that answers and has no readers */
EonayPcscProbeFacts *eonay_pcsc_probe_facts_new (void);
void eonay_pcsc_probe_facts_free (EonayPcscProbeFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPcscProbeFacts, eonay_pcsc_probe_facts_free)

/**
 * eonay_pcsc_probe_async:
 * @timeout: in milliseconds, for how long the service may keep silent
 *
 * Asks the service how it and its readers are. Connects to no card. On a thread of its own, which a
 * service that hangs keeps; the answer comes all the same.
 */
void eonay_pcsc_probe_async (guint timeout, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayPcscProbeFacts *eonay_pcsc_probe_finish (GAsyncResult *result, GError **error);

/** Returns: what connecting to the socket at @path says */
EonayPcscSocket eonay_pcsc_probe_socket (const char *path);

G_END_DECLS
