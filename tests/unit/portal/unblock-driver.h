#pragma once

#include <json-glib/json-glib.h>

#include "base/eonay-error.h"
#include "portal-rig.h"
#include "unblock-calls.h"

G_BEGIN_DECLS

#define UNBLOCK_WORD "ÇİÇEKŞIĞ"
#define UNBLOCK_SERIAL "de0e5e0000000004"
#define UNBLOCK_PUK "87654321"

/** UnblockPlay: an `unblock` transaction of a practice portal, resolved, with all of the above. */
typedef struct {
  PortalRig *rig;
  char *code;
  EonayTransaction *transaction;
} UnblockPlay;

/** @fault: (nullable) */
UnblockPlay *unblock_play_new (const char *fault);
void unblock_play_free (UnblockPlay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UnblockPlay, unblock_play_free)

/** Returns: (transfer full): what the browser sees */
JsonObject *unblock_play_describe (UnblockPlay *self);
void unblock_play_assert_state (UnblockPlay *self, const char *state);

/** Returns: a number of what the portal keeps of the unblocking */
gint64 unblock_play_get_number (UnblockPlay *self, const char *name);

/** Returns: (transfer full): the code of the last message */
char *unblock_play_read_phone (UnblockPlay *self);

EonaySms *unblock_play_ask (UnblockPlay *self, const char *serial, const char *word,
                            GError **error);
char *unblock_play_confirm (UnblockPlay *self, const char *sms_code, GError **error);
gboolean unblock_play_report (UnblockPlay *self, EonayUnblockOutcome outcome, GError **error);

/** With the right word and card, with the right code: they succeed. */
void unblock_play_ask_well (UnblockPlay *self);
void unblock_play_confirm_well (UnblockPlay *self);

/** @tries_left: what the error carries */
void unblock_play_assert_ask_fails (UnblockPlay *self, const char *serial, const char *word,
                                    EonayPortalError expected, int tries_left);
void unblock_play_assert_confirm_fails (UnblockPlay *self, const char *sms_code,
                                        EonayPortalError expected, int tries_left);

G_END_DECLS
