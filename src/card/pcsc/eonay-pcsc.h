#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

#define EONAY_PCSC_ATR_MAX 33

/*
 * PC/SC in plain C: the only user of winscard.h. Errors are of %EONAY_CARD_ERROR, from the one
 * table of SCARD codes; a wait that was cancelled is %G_IO_ERROR_CANCELLED.
 */

/** Returns: (transfer full) (nullable): the error of @code (an SCARD_… value); %NULL for success */
GError *eonay_pcsc_error_new (glong code, const char *what);

/**
 * EonayPcscSlot: the last known state of a reader.
 *
 * @state: the service's state word; 0 at first
 * @awaits_release: whether the end of another program's hold of the card is waited for; once it
 *   has come, this is %FALSE again
 * @looks: how often that was looked for without being told
 * @has_card: whether a card is in
 * @swaps: incremented at each insertion and removal
 */
typedef struct {
  char *name;
  gulong state;
  gboolean awaits_release;
  guint looks;
  gboolean has_card;
  guint swaps;
} EonayPcscSlot;

EonayPcscSlot *eonay_pcsc_slot_new (const char *name);
void eonay_pcsc_slot_free (EonayPcscSlot *self);

/**
 * EonayPcscContext: a connection to the service, for one thread; only
 * eonay_pcsc_context_cancel() may be called from another.
 */
typedef struct _EonayPcscContext EonayPcscContext;

EonayPcscContext *eonay_pcsc_context_new (GError **error);
void eonay_pcsc_context_free (EonayPcscContext *self);

/** Ends a running wait; one that is about to start may miss it. */
void eonay_pcsc_context_cancel (EonayPcscContext *self);

/** Returns: (transfer full): the readers' names, may be empty */
GStrv eonay_pcsc_context_list (EonayPcscContext *self, GError **error);

/**
 * EonayPcscLook: the service's state of a reader, read without connecting to its card.
 *
 * @is_mute: whether a card is in that does not answer
 * @atr: its answer to reset; @atr_length of them, 0 if there is none
 */
typedef struct {
  gboolean has_card;
  gboolean is_mute;
  guint8 atr[EONAY_PCSC_ATR_MAX];
  gsize atr_length;
} EonayPcscLook;

/** Reads the state of @reader once, without connecting to the card or waiting. */
gboolean eonay_pcsc_context_look (EonayPcscContext *self, const char *reader, EonayPcscLook *look,
                                  GError **error);

/**
 * eonay_pcsc_context_wait: sleeps until a slot or the list of readers changes
 * @slots: (element-type EonayPcscSlot): updated
 *
 * Returns: %TRUE if anything may have changed, the list of readers included
 */
gboolean eonay_pcsc_context_wait (EonayPcscContext *self, GPtrArray *slots, GError **error);

/** EonayPcscCard: a connection to the card in a reader; one thread. */
typedef struct _EonayPcscCard EonayPcscCard;

/** @context: outlives the card */
EonayPcscCard *eonay_pcsc_card_connect (EonayPcscContext *context, const char *reader,
                                        GError **error);

/** Disconnects from the card. */
void eonay_pcsc_card_disconnect (EonayPcscCard *self, EonayDisposition disposition);

/** %EONAY_CARD_ERROR_RESET means that it has reconnected after another program's reset. */
gboolean eonay_pcsc_card_begin (EonayPcscCard *self, GError **error);
gboolean eonay_pcsc_card_end (EonayPcscCard *self, EonayDisposition disposition, GError **error);
GBytes *eonay_pcsc_card_transmit (EonayPcscCard *self, const guint8 *command, gsize length,
                                  GError **error);

/** As eonay_transport_control(). */
GBytes *eonay_pcsc_card_control (EonayPcscCard *self, guint32 code, const guint8 *in,
                                 gsize in_length, GError **error);

/** Returns: (transfer none) */
GBytes *eonay_pcsc_card_get_atr (EonayPcscCard *self);
EonayProtocol eonay_pcsc_card_get_protocol (EonayPcscCard *self);

/**
 * Returns: the service's count of insertions and removals in that reader at the time of the
 *   connection
 */
guint eonay_pcsc_card_get_swaps (EonayPcscCard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPcscContext, eonay_pcsc_context_free)

G_END_DECLS
