#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-slot-source.h"
#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/**
 * EonayPracticeController: interface of the window to practice mode: stands for the portal's web
 * page, and inserts cards into the reader. main() provides the implementation; the window uses only
 * this interface. Main thread.
 *
 * Signal "phone-changed": the security word or the SMS of an unblocking was added, changed or
 * removed.
 */
#define EONAY_TYPE_PRACTICE_CONTROLLER (eonay_practice_controller_get_type ())
G_DECLARE_INTERFACE (EonayPracticeController, eonay_practice_controller, EONAY, PRACTICE_CONTROLLER,
                     GObject)

struct _EonayPracticeControllerInterface {
  GTypeInterface parent_iface;

  void (*start_async) (EonayPracticeController *self, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*start_finish) (EonayPracticeController *self, GAsyncResult *result, GError **error);
  EonaySlotSource *(*get_slots) (EonayPracticeController *self);
  EonayPortalProfile *(*get_profile) (EonayPracticeController *self);
  char *(*create_code) (EonayPracticeController *self, const char *operation, GError **error);
  guint (*get_n_cards) (EonayPracticeController *self);
  const char *(*describe_card) (EonayPracticeController *self, guint card);
  int (*get_card) (EonayPracticeController *self);
  void (*insert) (EonayPracticeController *self, int card);
  const char *(*get_ca_pem) (EonayPracticeController *self);
  const char *(*get_security_word) (EonayPracticeController *self);
  const char *(*get_sms) (EonayPracticeController *self);
};

/** Creates keys, cards and the portal; slow steps on another thread. */
void eonay_practice_controller_start_async (EonayPracticeController *self,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean eonay_practice_controller_start_finish (EonayPracticeController *self,
                                                 GAsyncResult *result, GError **error);

/** Returns: (transfer none): the practice reader; usable before the start is done */
EonaySlotSource *eonay_practice_controller_get_slots (EonayPracticeController *self);

/** Returns: (transfer none) (nullable): the practice portal; %NULL until the start is done */
EonayPortalProfile *eonay_practice_controller_get_profile (EonayPracticeController *self);

/**
 * eonay_practice_controller_create_code:
 * @operation: a word of the protocol: "login", "e-onay", "e-onay-cancel", "application", "unblock" (for the card
 *   that is in)
 *
 * Returns: (transfer full): 15 digits, as the web page would show them; once started
 */
char *eonay_practice_controller_create_code (EonayPracticeController *self, const char *operation,
                                             GError **error);

guint eonay_practice_controller_get_n_cards (EonayPracticeController *self);

/** Returns: (transfer none): description of the card, in the person's language */
const char *eonay_practice_controller_describe_card (EonayPracticeController *self, guint card);

/** Returns: which card is in; -1 for none */
int eonay_practice_controller_get_card (EonayPracticeController *self);

/** @card: -1 removes the present one; does nothing before the start is done */
void eonay_practice_controller_insert (EonayPracticeController *self, int card);

/** Returns: (transfer none) (nullable): CAs of the practice signers, PEM; %NULL until started */
const char *eonay_practice_controller_get_ca_pem (EonayPracticeController *self);

/**
 * Returns: (transfer none) (nullable): the security word of the practice person; %NULL while no
 *   unblocking is open. For display only, as is the SMS.
 */
const char *eonay_practice_controller_get_security_word (EonayPracticeController *self);

/** Returns: (transfer none) (nullable): the code of the last SMS of that unblocking */
const char *eonay_practice_controller_get_sms (EonayPracticeController *self);

/** For implementations: emits "phone-changed". */
void eonay_practice_controller_emit_phone_changed (EonayPracticeController *self);

G_END_DECLS
