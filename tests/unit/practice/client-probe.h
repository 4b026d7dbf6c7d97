#pragma once

#include "support/card-probe.h"

#include "card/reader/eonay-reader-list.h"
#include "practice/reader/eonay-practice-slots.h"

G_BEGIN_DECLS

#define PROBE_PIN "123456"
#define PROBE_WRONG_PIN "999999"

/** Exchanges and bytes up to some moment. */
typedef struct {
  guint commands;
  gsize bytes;
} ProbeTraffic;

/**
 * ProbeClient: our own client in front of a practice reader.
 *
 * @cache: (nullable): of cards that were read before
 * @listed, @read: when the card's certificates were there, and when it had been refreshed
 */
typedef struct {
  EonayPracticeSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  EonayToken *token;
  EonayCardCache *cache;
  ProbeTraffic before;
  ProbeTraffic listed;
  ProbeTraffic read;
  gboolean refreshed;
} ProbeClient;

/** For g_test_add(); @kind: an EonayPracticeCardKind */
void probe_client_set_up (ProbeClient *self, gconstpointer kind);
void probe_client_tear_down (ProbeClient *self, gconstpointer kind);

/** @cache: (nullable) */
void probe_client_open (ProbeClient *self, EonayCardCache *cache);

/** Puts a card in, and waits until it has been read and refreshed. */
void probe_client_insert (ProbeClient *self, EonayPracticeCard *card);

ProbeTraffic probe_client_get_traffic (ProbeClient *self);

/** Tells of the listing, the refresh and what came since @signing. */
void probe_client_tell (ProbeClient *self, const char *what, ProbeTraffic signing);

/** Returns: (transfer full) */
EonayTokenCertificate *probe_client_get_certificate (ProbeClient *self, guint place);

/** Returns: (transfer full) (nullable) (element-type GBytes) */
GPtrArray *probe_client_sign (ProbeClient *self, EonayTokenCertificate *certificate,
                              EonaySignatureScheme scheme, GPtrArray *digests, const char *pin,
                              GError **error);

/** Fails unless @count CAdES made at once with the certificate verify. */
void probe_client_assert_signs (ProbeClient *self, guint place, guint count, const char *pin);

/** Change (@unblock false) or unblocking of the certificate's PIN; @error: (out) (nullable) */
void probe_client_set_pin (ProbeClient *self, guint place, gboolean unblock, const char *secret,
                           const char *new_pin, GError **error);

G_END_DECLS
