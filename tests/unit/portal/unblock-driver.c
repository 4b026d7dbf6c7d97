#include "unblock-driver.h"

#include <string.h>

UnblockDriver *
unblock_driver_new (const char *fault)
{
  const EonayPracticeUnblockWish wish = {
    .card_serial = UNBLOCK_SERIAL,
    .puk = UNBLOCK_PUK,
    .security_word = UNBLOCK_WORD,
  };
  UnblockDriver *self = g_new0 (UnblockDriver, 1);
  g_autoptr (GError) error = NULL;

  self->rig = portal_rig_new ();
  self->code = eonay_practice_portal_create_unblock (self->rig->server, 600, &wish, fault, &error);
  g_assert_no_error (error);
  self->transaction = portal_rig_resolve (self->rig->portal, self->code, &error);
  g_assert_no_error (error);

  return self;
}

void
unblock_driver_free (UnblockDriver *self)
{
  g_object_unref (self->transaction);
  portal_rig_free (self->rig);
  g_free (self->code);
  g_free (self);
}

JsonObject *
unblock_driver_describe (UnblockDriver *self)
{
  g_autofree char *text = eonay_practice_portal_describe (self->rig->server, self->code);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

void
unblock_driver_assert_state (UnblockDriver *self, const char *state)
{
  g_autoptr (JsonObject) description = unblock_driver_describe (self);

  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, state);
}

gint64
unblock_driver_get_number (UnblockDriver *self, const char *name)
{
  g_autoptr (JsonObject) description = unblock_driver_describe (self);

  return json_object_get_int_member (json_object_get_object_member (description, "unblock"), name);
}

char *
unblock_driver_read_phone (UnblockDriver *self)
{
  g_autoptr (JsonObject) description = unblock_driver_describe (self);
  JsonObject *unblock = json_object_get_object_member (description, "unblock");

  return g_strdup (json_object_get_string_member (unblock, "sms_code"));
}

EonayPortalSms *
unblock_driver_ask (UnblockDriver *self, const char *serial, const char *word, GError **error)
{
  return unblock_calls_ask (self->rig->portal, self->transaction, serial, word, error);
}

char *
unblock_driver_confirm (UnblockDriver *self, const char *sms_code, GError **error)
{
  return unblock_calls_confirm (self->rig->portal, self->transaction, sms_code, error);
}

gboolean
unblock_driver_report (UnblockDriver *self, EonayUnblockOutcome outcome, GError **error)
{
  return unblock_calls_report (self->rig->portal, self->transaction, outcome, error);
}

void
unblock_driver_ask_well (UnblockDriver *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalSms) sms = unblock_driver_ask (self, UNBLOCK_SERIAL, UNBLOCK_WORD, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sms);
}

void
unblock_driver_confirm_well (UnblockDriver *self)
{
  g_autofree char *sms_code = unblock_driver_read_phone (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *puk = unblock_driver_confirm (self, sms_code, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (puk, ==, UNBLOCK_PUK);
}

void
unblock_driver_assert_ask_fails (UnblockDriver *self, const char *serial, const char *word,
                                 EonayPortalError expected, int tries_left)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (unblock_driver_ask (self, serial, word, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_cmpint (eonay_portal_error_get_tries_left (error), ==, tries_left);
  g_assert_null (strstr (error->message, word));
}

void
unblock_driver_assert_confirm_fails (UnblockDriver *self, const char *sms_code,
                                     EonayPortalError expected, int tries_left)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (unblock_driver_confirm (self, sms_code, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, (int) expected);
  g_assert_cmpint (eonay_portal_error_get_tries_left (error), ==, tries_left);
  g_assert_null (strstr (error->message, sms_code));
}
