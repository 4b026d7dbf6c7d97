#pragma once

#include <json-glib/json-glib.h>

#include "base/eonay-error.h"
#include "portal-rig.h"
#include "unblock-calls.h"

G_BEGIN_DECLS

#define UNBLOCK_WORD "ÇİÇEKŞIĞ"
#define UNBLOCK_SERIAL "de0e5e0000000004"
#define UNBLOCK_PUK "87654321"

/** UnblockDriver: an `unblock` transaction of a practice portal, resolved, with all of the above. */
typedef struct {
  PortalRig *rig;
  char *code;
  EonayTransaction *transaction;
} UnblockDriver;

/** @fault: (nullable) */
UnblockDriver *unblock_driver_new (const char *fault);
void unblock_driver_free (UnblockDriver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UnblockDriver, unblock_driver_free)

/** Returns: (transfer full): what the browser sees */
JsonObject *unblock_driver_describe (UnblockDriver *self);
void unblock_driver_assert_state (UnblockDriver *self, const char *state);

/** Returns: a number of what the portal keeps of the unblocking */
gint64 unblock_driver_get_number (UnblockDriver *self, const char *name);

/** Returns: (transfer full): the code of the last message */
char *unblock_driver_read_phone (UnblockDriver *self);

EonayPortalSms *unblock_driver_ask (UnblockDriver *self, const char *serial, const char *word,
                                    GError **error);
char *unblock_driver_confirm (UnblockDriver *self, const char *sms_code, GError **error);
gboolean unblock_driver_report (UnblockDriver *self, EonayUnblockOutcome outcome, GError **error);

/** With the right word and card, with the right code: they succeed. */
void unblock_driver_ask_well (UnblockDriver *self);
void unblock_driver_confirm_well (UnblockDriver *self);

/** @tries_left: what the error carries */
void unblock_driver_assert_ask_fails (UnblockDriver *self, const char *serial, const char *word,
                                      EonayPortalError expected, int tries_left);
void unblock_driver_assert_confirm_fails (UnblockDriver *self, const char *sms_code,
                                          EonayPortalError expected, int tries_left);

G_END_DECLS
