#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-slot-source.h"
#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/**
 * EonayPracticeDesk: what the window needs of practice mode: somebody who plays the portal's web
 * page and the hand that puts cards into the reader. main() brings the implementation; the window
 * knows no more than this. Main thread.
 *
 * Signal "phone-changed": the security word or the SMS of an unblocking came, changed or went.
 */
#define EONAY_TYPE_PRACTICE_DESK (eonay_practice_desk_get_type ())
G_DECLARE_INTERFACE (EonayPracticeDesk, eonay_practice_desk, EONAY, PRACTICE_DESK, GObject)

struct _EonayPracticeDeskInterface {
  GTypeInterface parent_iface;

  void (*start_async) (EonayPracticeDesk *self, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*start_finish) (EonayPracticeDesk *self, GAsyncResult *result, GError **error);
  EonaySlotSource *(*get_slots) (EonayPracticeDesk *self);
  EonayPortalProfile *(*get_profile) (EonayPracticeDesk *self);
  char *(*create_code) (EonayPracticeDesk *self, const char *operation, GError **error);
  guint (*get_n_cards) (EonayPracticeDesk *self);
  const char *(*describe_card) (EonayPracticeDesk *self, guint card);
  int (*get_card) (EonayPracticeDesk *self);
  void (*insert) (EonayPracticeDesk *self, int card);
  const char *(*get_ca_pem) (EonayPracticeDesk *self);
  const char *(*get_security_word) (EonayPracticeDesk *self);
  const char *(*get_sms) (EonayPracticeDesk *self);
};

/** Makes keys, cards and the portal, off the main thread where it takes a moment. */
void eonay_practice_desk_start_async (EonayPracticeDesk *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_practice_desk_start_finish (EonayPracticeDesk *self, GAsyncResult *result,
                                           GError **error);

/** Returns: (transfer none): the practice reader; usable before the start is done */
EonaySlotSource *eonay_practice_desk_get_slots (EonayPracticeDesk *self);

/** Returns: (transfer none) (nullable): the practice portal; %NULL until the start is done */
EonayPortalProfile *eonay_practice_desk_get_profile (EonayPracticeDesk *self);

/**
 * eonay_practice_desk_create_code:
 * @operation: a word of the protocol: "login", "e-onay", "e-onay-cancel", "unblock" (for the card
 *   that is in)
 *
 * Returns: (transfer full): 15 digits, as the web page would show them; once started
 */
char *eonay_practice_desk_create_code (EonayPracticeDesk *self, const char *operation,
                                       GError **error);

guint eonay_practice_desk_get_n_cards (EonayPracticeDesk *self);

/** Returns: (transfer none): what the card is, in the person's language */
const char *eonay_practice_desk_describe_card (EonayPracticeDesk *self, guint card);

/** Returns: which card is in; -1 for none */
int eonay_practice_desk_get_card (EonayPracticeDesk *self);

/** @card: -1 pulls the one that is in; does nothing before the start is done */
void eonay_practice_desk_insert (EonayPracticeDesk *self, int card);

/** Returns: (transfer none) (nullable): CAs of the practice signers, PEM; %NULL until started */
const char *eonay_practice_desk_get_ca_pem (EonayPracticeDesk *self);

/**
 * Returns: (transfer none) (nullable): the word of the person who practises; %NULL while no
 *   unblocking is open. For the screen only, as is the SMS.
 */
const char *eonay_practice_desk_get_security_word (EonayPracticeDesk *self);

/** Returns: (transfer none) (nullable): the code of the SMS that came last in that unblocking */
const char *eonay_practice_desk_get_sms (EonayPracticeDesk *self);

/** For implementations: has "phone-changed" emitted. */
void eonay_practice_desk_tell_phone_changed (EonayPracticeDesk *self);

G_END_DECLS
