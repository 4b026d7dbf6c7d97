#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gio.h>
#include <gio/gsettingsbackend.h>

#include "cli/eonay-cli-option.h"

/* Settings of which an administrator has locked one key, and none is set. */
#define FOLDER "/io/github/eonay/Eonay/"

static const char *locked;

typedef GSettingsBackend LockedBackend;
typedef GSettingsBackendClass LockedBackendClass;

GType locked_backend_get_type (void);
G_DEFINE_TYPE (LockedBackend, locked_backend, G_TYPE_SETTINGS_BACKEND)

static GVariant *
read_nothing (GSettingsBackend *backend, const char *key, const GVariantType *type,
              gboolean default_value)
{
  return NULL;
}

static gboolean
is_writable (GSettingsBackend *backend, const char *key)
{
  return locked == NULL || !g_str_equal (key, locked);
}

static void
locked_backend_class_init (LockedBackendClass *klass)
{
  klass->read = read_nothing;
  klass->get_writable = is_writable;
}

static void
locked_backend_init (LockedBackend *self)
{
}

static void
assert_refused (gboolean modules, gboolean experimental, gboolean history)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_cli_option_check_locks (modules, experimental, history, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
}

static void
assert_allowed (gboolean modules, gboolean experimental, gboolean history)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_cli_option_check_locks (modules, experimental, history, &error));
  g_assert_no_error (error);
}

static void
test_none (void)
{
  locked = NULL;
  assert_allowed (TRUE, TRUE, TRUE);
}

static void
test_modules (void)
{
  locked = FOLDER "pkcs11-modules";
  assert_refused (TRUE, FALSE, FALSE);
  assert_allowed (FALSE, TRUE, TRUE);
}

static void
test_experimental_akis (void)
{
  locked = FOLDER "experimental-akis";
  assert_refused (FALSE, TRUE, FALSE);
  assert_allowed (TRUE, FALSE, TRUE);
}

static void
test_history (void)
{
  locked = FOLDER "history";
  assert_refused (FALSE, FALSE, TRUE);
  assert_allowed (TRUE, TRUE, FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_SETTINGS_BACKEND_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_SETTINGS_BACKEND_EXTENSION_POINT_NAME,
                                  locked_backend_get_type (), "locked", 1000);
  g_setenv ("GSETTINGS_BACKEND", "locked", TRUE);
  g_test_add_func ("/locks/none", test_none);
  g_test_add_func ("/locks/modules", test_modules);
  g_test_add_func ("/locks/experimental-akis", test_experimental_akis);
  g_test_add_func ("/locks/history", test_history);

  return g_test_run ();
}
