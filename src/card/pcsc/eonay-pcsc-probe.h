#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Result of an attempt to connect to the service's socket. */
typedef enum {
  EONAY_PCSC_SOCKET_OPEN,    /* a service is listening */
  EONAY_PCSC_SOCKET_MISSING, /* there is none */
  EONAY_PCSC_SOCKET_SILENT,  /* it exists, but nothing is listening */
  EONAY_PCSC_SOCKET_DENIED,  /* this user may not connect to it */
} EonayPcscSocket;

/**
 * EonayPcscProbeSnapshot: a reader of the service.
 *
 * @is_mute: whether there is a card that does not answer
 * @atr: the card's answer to reset, "3B 9F 97 …"; "" if there is none
 */
typedef struct {
  char *name;
  gboolean has_card;
  gboolean is_mute;
  char *atr;
} EonayPcscProbeSnapshot;

void eonay_pcsc_probe_snapshot_free (EonayPcscProbeSnapshot *self);

/**
 * EonayPcscProbeFacts: state of the PC/SC service.
 *
 * @is_installed: whether its program or its unit is installed
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
 * @timeout: timeout of the service's answer, in milliseconds
 *
 * Queries the state of the service and its readers. Connects to no card. Runs on a thread of its
 * own, which may stay blocked by a hanging service; the result is returned anyway.
 */
void eonay_pcsc_probe_async (guint timeout, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayPcscProbeFacts *eonay_pcsc_probe_finish (GAsyncResult *result, GError **error);

/** Returns: the result of connecting to the socket at @path */
EonayPcscSocket eonay_pcsc_probe_socket (const char *path);

G_END_DECLS
