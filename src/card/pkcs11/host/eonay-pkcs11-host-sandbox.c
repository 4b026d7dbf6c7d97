#include "card/pkcs11/host/eonay-pkcs11-host-sandbox.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/eonay-development.h"
#include "base/eonay-flatpak.h"

#define PCSCD_SOCKET "/run/pcscd/pcscd.comm"
#define SERVER_PREFIX "unix:path="
#define LIBRARY ".so"
#define LIBRARIES_MAX 512

/* /app: a Flatpak's own; /run/host: what it sees of the computer. */
static const char *const installed[] = {
  "/usr",
  "/lib",
  "/lib32",
  "/lib64",
  "/opt",
  "/etc",
  "/app",
  "/run/host/usr",
  "/run/host/etc",
  "/nix/store",
  "/gnu/store",
  "/var/lib/softhsm",
  "/dev/zero",
  "/dev/full",
  "/dev/random",
  "/dev/urandom",
  "/sys/devices/system/cpu",
  "/proc/self",
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/proc/stat",
  "/proc/version",
  "/proc/filesystems",
  "/proc/sys/crypto",
  "/proc/sys/kernel",
};

static void
add_readable (EonaySandboxProfile *self, const char *folder, ...)
{
  g_autofree char *path = NULL;
  va_list names;

  va_start (names, folder);
  path = g_build_filename_valist (folder, &names);
  va_end (names);
  eonay_sandbox_profile_add_readable (self, path);
}

static void
add_regular (EonaySandboxProfile *self, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  eonay_sandbox_profile_add_regular (self, path);
}

/* "*.so", "*.so.1", "*.so.1.2" …: as the linker names them. */
static gboolean
is_library_name (const char *name)
{
  const char *end = g_strrstr (name, LIBRARY);

  if (end == NULL || end == name)
    return FALSE;
  for (end += strlen (LIBRARY); *end == '.' && g_ascii_isdigit (end[1]);)
    for (end++; g_ascii_isdigit (*end); end++)
      ;

  return *end == '\0';
}

/* A module's folder may be a person's home: only what can be a library, and lies in there itself. A
   link to such a file needs no rule of its own, and one to elsewhere gets none. */
static void
add_module (EonaySandboxProfile *self, const char *module)
{
  g_autofree char *real = realpath (module, NULL);
  g_autofree char *given_name = g_path_get_basename (module);
  g_autofree char *real_name = real != NULL ? g_path_get_basename (real) : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) entries = NULL;
  const char *name;

  /* Whatever the module itself is called, a link to a file that is no library is no module. */
  if (real == NULL || !(is_library_name (real_name) || g_str_equal (real_name, given_name)))
    return;
  eonay_sandbox_profile_add_regular (self, real);
  folder = g_path_get_dirname (real);
  entries = g_dir_open (folder, 0, NULL);
  for (guint i = 0; entries != NULL && i < LIBRARIES_MAX; i++)
    {
      name = g_dir_read_name (entries);
      if (name == NULL)
        break;
      if (is_library_name (name))
        add_regular (self, folder, name);
    }
}

/* Lines "@key@separator value" of a file of settings. */
static GPtrArray *
read_values (const char *path, const char *key, const char *separator)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    return values;

  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], separator, 2);

      if (g_strv_length (parts) == 2 && g_str_equal (g_strstrip (parts[0]), key))
        g_ptr_array_add (values, g_strdup (g_strstrip (parts[1])));
    }

  return values;
}

/* Modules that the person has registered may be anywhere. */
static void
add_registered (EonaySandboxProfile *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "pkcs11", "modules", NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GPtrArray) modules = read_values (path, "module", ":");

      for (guint i = 0; i < modules->len; i++)
        if (g_path_is_absolute (modules->pdata[i]))
          add_module (self, modules->pdata[i]);
    }
}

/* SoftHSM2 takes the first of these that is there. */
static void
add_softhsm (EonaySandboxProfile *self)
{
  const char *named = g_getenv ("SOFTHSM2_CONF");
  g_autofree char *own = g_build_filename (g_get_home_dir (), ".config", "softhsm2",
                                           "softhsm2.conf", NULL);
  const char *path = named;
  g_autoptr (GPtrArray) folders = NULL;

  if (path == NULL)
    path = g_file_test (own, G_FILE_TEST_EXISTS) ? own : "/etc/softhsm/softhsm2.conf";
  eonay_sandbox_profile_add_readable (self, path);
  folders = read_values (path, "directories.tokendir", "=");
  for (guint i = 0; i < folders->len; i++)
    eonay_sandbox_profile_add_writable (self, folders->pdata[i]);
}

static void
add_opensc (EonaySandboxProfile *self)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "opensc", NULL);

  /* Within the sandbox it could not come into being, and each listing would read the whole card. */
  g_mkdir_with_parents (cache, 0700);
  eonay_sandbox_profile_add_readable (self, g_getenv ("OPENSC_CONF"));
  eonay_sandbox_profile_add_writable (self, cache);
}

/* Nobody but root can put another file there. A sticky folder (/nix/store) lets its group add names,
   but not replace those of others. */
static gboolean
is_only_roots (const struct stat *status)
{
  mode_t others = S_ISDIR (status->st_mode) && (status->st_mode & S_ISVTX) != 0 ? S_IWOTH
                                                                                : S_IWGRP | S_IWOTH;

  return status->st_uid == 0 && (status->st_mode & others) == 0;
}

/* In a Flatpak its owners are not those of the computer, but nobody can write to what it is made of. */
static gboolean
is_of_flatpak (const char *path)
{
  struct statvfs mount;

  return eonay_flatpak_is_inside () && statvfs (path, &mount) == 0 &&
         (mount.f_flag & ST_RDONLY) != 0;
}

/* @real: resolved. Not what a stick holds that says of itself that it is root's: only these folders. */
static gboolean
is_installed (const char *real)
{
  static const char *const folders[] = { "/usr/",       "/lib/",       "/lib32/",
                                         "/lib64/",     "/opt/",       "/app/",
                                         "/nix/store/", "/gnu/store/", "/run/host/usr/" };
  g_autofree char *path = g_strdup (real);
  gboolean is_in_one = FALSE;
  struct stat status;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    is_in_one = is_in_one || g_str_has_prefix (real, folders[i]);
  if (!is_in_one || is_of_flatpak (real))
    return is_in_one;

  while (lstat (path, &status) == 0 && is_only_roots (&status))
    {
      g_autofree char *below = g_steal_pointer (&path);

      if (g_str_equal (below, "/"))
        return TRUE;
      path = g_path_get_dirname (below);
    }

  return FALSE;
}

/* @name: of the file itself, with a version or without: "libsofthsm2.so.2" is a "libsofthsm2.so". */
static gboolean
is_named (const char *name, const char *library)
{
  return g_str_has_prefix (name, library) && is_library_name (name) &&
         (name[strlen (library)] == '\0' || g_ascii_isdigit (name[strlen (library) + 1]));
}

/* What a file calls itself is no reason to give it anything, unless root has put it there. */
static void
add_written_by (EonaySandboxProfile *self, const char *module)
{
  g_autofree char *real = realpath (module, NULL);
  g_autofree char *name = NULL;
  gboolean is_proxy;

  eonay_sandbox_profile_add_writable (self, "/dev/null");
  if (real == NULL || !is_installed (real))
    return;

  name = g_path_get_basename (real);
  /* p11-kit-proxy.so is most often a link to p11-kit's library. */
  is_proxy = is_named (name, "p11-kit-proxy.so") || is_named (name, "libp11-kit.so");
  if (is_proxy || is_named (name, "libsofthsm2.so"))
    add_softhsm (self);
  if (is_proxy || is_named (name, "opensc-pkcs11.so") || is_named (name, "onepin-opensc-pkcs11.so"))
    add_opensc (self);
}

static void
add_sockets (EonaySandboxProfile *self)
{
  const char *pcscd = g_getenv ("PCSCLITE_CSOCK_NAME");
  const char *server = g_getenv ("P11_KIT_SERVER_ADDRESS");
  g_autofree char *usual = g_build_filename (g_get_user_runtime_dir (), "p11-kit", "pkcs11", NULL);

  eonay_sandbox_profile_add_socket (self, pcscd != NULL ? pcscd : PCSCD_SOCKET);
  eonay_sandbox_profile_add_socket (self, usual);
  if (server != NULL && g_str_has_prefix (server, SERVER_PREFIX))
    {
      g_autofree char *path = g_uri_unescape_string (server + strlen (SERVER_PREFIX), NULL);

      eonay_sandbox_profile_add_socket (self, path);
    }
}

/* For the tests' modules, in the build tree only. */
static void
add_folder_of_tests (EonaySandboxProfile *self)
{
  eonay_sandbox_profile_add_writable (self, eonay_development_getenv ("EONAY_PKCS11_HOST_FOLDER"));
}

EonaySandboxProfile *
eonay_pkcs11_host_sandbox_new (const char *module)
{
  EonaySandboxProfile *self = eonay_sandbox_profile_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (installed); i++)
    eonay_sandbox_profile_add_readable (self, installed[i]);
  add_readable (self, g_get_user_config_dir (), "pkcs11", NULL);
  if (module == NULL)
    add_registered (self);
  else
    {
      add_module (self, module);
      add_written_by (self, module);
    }
  add_sockets (self);
  add_folder_of_tests (self);

  return self;
}
