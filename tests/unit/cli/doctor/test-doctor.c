#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#include "cli/doctor/eonay-cli-doctor-json.h"
#include "session/diagnosis/eonay-diagnosis-report.h"
#include "support/session-fixture.h"

/* The reports of a user and a computer whose names are words of the reports. */

const gchar *
g_get_user_name (void)
{
  return "sudo";
}

const gchar *
g_get_host_name (void)
{
  return "card";
}

static gint64
read_boottime (gpointer user_data)
{
  return eonay_clock_boottime (NULL);
}

static GDateTime *
read_late (gpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_add_hours (now, 2);
}

/* With a clock that is off, for which there is a command; the portal's name names the user. */
static EonayDiagnosis *
examine (SessionFixture *fixture)
{
  static const EonayClock late = { read_boottime, read_late, NULL };
  EonayPortalProfile *real = eonay_portal_get_profile (fixture->portal);
  g_autoptr (GListStore) portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_autoptr (EonayPortalProfile) profile = eonay_portal_profile_new (
      "deneme", "Portal of sudo", eonay_portal_profile_get_base_url (real),
      eonay_practice_portal_get_tls_ca_file (fixture->server), TRUE, NULL);
  EonayDiagnosis *diagnosis;

  g_list_store_append (portals, profile);
  diagnosis = eonay_diagnosis_new (fixture->readers, G_LIST_MODEL (portals), TRUE, &late);
  eonay_diagnosis_run (diagnosis);
  while (eonay_diagnosis_is_running (diagnosis))
    g_main_context_iteration (NULL, TRUE);

  return diagnosis;
}

static JsonObject *
find_check (JsonObject *root, const char *id)
{
  JsonArray *checks = json_object_get_array_member (root, "checks");

  for (guint i = 0; i < json_array_get_length (checks); i++)
    {
      JsonObject *check = json_array_get_object_element (checks, i);

      if (g_str_equal (json_object_get_string_member (check, "id"), id))
        return check;
    }

  return NULL;
}

static void
test_json (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = examine (fixture);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = eonay_cli_doctor_json_write (diagnosis, now);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *clock = find_check (json_node_get_object (node), "clock");

  g_assert_nonnull (find_check (json_node_get_object (node), "card"));
  g_assert_cmpstr (json_object_get_string_member (clock, "command"), ==,
                   "sudo timedatectl set-ntp true");
  g_assert_cmpstr (json_object_get_string_member (clock, "subject"), ==, "Portal of ~");
}

/* GLib writes +03, which is no time of RFC 3339; the schema asks for one. */
static void
test_time (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = examine (fixture);
  struct {
    const char *zone;
    const char *expected;
  } cases[] = {
    { "Europe/Istanbul", "2019-12-25T14:27:02+03:00" },
    { "Asia/Kathmandu", "2019-12-25T17:12:02+05:45" },
    { "America/New_York", "2019-12-25T06:27:02-05:00" },
    { "UTC", "2019-12-25T11:27:02Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      g_autoptr (GDateTime) instant = g_date_time_new_utc (2019, 12, 25, 11, 27, 2.5);
      g_autoptr (GDateTime) now = g_date_time_to_timezone (instant, zone);
      g_autofree char *text = eonay_cli_doctor_json_write (diagnosis, now);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);

      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "time"), ==,
                       cases[i].expected);
    }
}

static void
test_text (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = examine (fixture);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *report = eonay_diagnosis_report (diagnosis, now);

  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, "sudo timedatectl set-ntp true\n"));
  g_assert_nonnull (strstr (report, "Clock · Portal of ~\n"));
  g_assert_null (strstr (report, "of sudo"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/doctor/json", test_json);
  g_test_add_func ("/cli/doctor/time", test_time);
  g_test_add_func ("/cli/doctor/text", test_text);

  return g_test_run ();
}
