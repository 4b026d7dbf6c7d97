#include "portal/eonay-portal-profile.h"

#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "portal/eonay-portal-private.h"
#include "portal/message/eonay-json.h"

#define ID_MAX 32
#define NAME_MAX_BYTES 256
#define URL_MAX 1024
#define FILE_MAX 65536

struct _EonayPortalProfile {
  GObject parent_instance;
  char *id;
  char *name;
  char *base_url;
  char *ca_file;
  char *help_url;
  char *phone;
  GFile *file;
  gboolean practice;
};

G_DEFINE_FINAL_TYPE (EonayPortalProfile, eonay_portal_profile, G_TYPE_OBJECT)

static void
eonay_portal_profile_finalize (GObject *object)
{
  EonayPortalProfile *self = EONAY_PORTAL_PROFILE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->ca_file);
  g_free (self->help_url);
  g_free (self->phone);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (eonay_portal_profile_parent_class)->finalize (object);
}

static void
eonay_portal_profile_class_init (EonayPortalProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_portal_profile_finalize;
}

static void
eonay_portal_profile_init (EonayPortalProfile *self)
{
}

static void
set_profile_error (GError **error, const char *message)
{
  g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE, message);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static char *
check_base_url (const char *text, gboolean practice, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    {
      set_profile_error (error, "base_url is not the address of a portal");
      return NULL;
    }

  if (!g_str_equal (g_uri_get_scheme (uri), "https") &&
      !(g_str_equal (g_uri_get_scheme (uri), "http") && practice &&
        is_loopback (g_uri_get_host (uri))))
    {
      set_profile_error (error, "base_url is not an https: address");
      return NULL;
    }

  if (practice && !is_loopback (g_uri_get_host (uri)))
    {
      set_profile_error (error, "A practice portal is on a loopback address only");
      return NULL;
    }

  return g_str_has_suffix (text, "/") ? g_strdup (text) : g_strconcat (text, "/", NULL);
}

EonayPortalProfile *
eonay_portal_profile_new (const char *id, const char *name, const char *base_url,
                          const char *ca_file, gboolean practice, GError **error)
{
  g_autoptr (EonayPortalProfile) self = g_object_new (EONAY_TYPE_PORTAL_PROFILE, NULL);

  if (!eonay_json_is_word (id) || strlen (id) > ID_MAX)
    {
      set_profile_error (error, "id is not 1 to 32 letters, digits, - and _");
      return NULL;
    }

  if (*name == '\0')
    {
      set_profile_error (error, "name is empty");
      return NULL;
    }

  if (ca_file != NULL && !g_path_is_absolute (ca_file))
    {
      set_profile_error (error, "ca_file is not an absolute path");
      return NULL;
    }

  self->base_url = check_base_url (base_url, practice, error);
  if (self->base_url == NULL)
    return NULL;

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->ca_file = g_strdup (ca_file);
  self->practice = practice;

  return g_steal_pointer (&self);
}

/* @text: (nullable): %NULL also if there is no such member */
static gboolean
get_optional (JsonObject *object, const char *name, const char **text, GError **error)
{
  *text = NULL;
  if (json_object_has_member (object, name))
    *text = eonay_json_get_line (object, name, URL_MAX, error);

  return *text != NULL || !json_object_has_member (object, name);
}

static gboolean
dup_phone (JsonObject *object, char **phone, GError **error)
{
  if (json_object_has_member (object, "phone"))
    *phone = eonay_json_dup_line (object, "phone", NAME_MAX_BYTES, error);

  return *phone != NULL || !json_object_has_member (object, "phone");
}

static EonayPortalProfile *
parse (JsonObject *object, const char *folder, GError **error)
{
  g_autoptr (EonayPortalProfile) self = NULL;
  g_autofree char *ca_path = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *name = NULL;
  const char *id;
  const char *base_url;
  const char *ca_file;
  const char *help_url;

  if ((id = eonay_json_get_word (object, "id", ID_MAX, error)) == NULL ||
      (name = eonay_json_dup_line (object, "name", NAME_MAX_BYTES, error)) == NULL ||
      (base_url = eonay_json_get_line (object, "base_url", URL_MAX, error)) == NULL ||
      !get_optional (object, "ca_file", &ca_file, error) ||
      !get_optional (object, "help_url", &help_url, error) || !dup_phone (object, &phone, error))
    return NULL;

  if (help_url != NULL && !g_str_has_prefix (help_url, "https://"))
    {
      set_profile_error (error, "help_url is not an https: address");
      return NULL;
    }

  if (ca_file != NULL)
    ca_path = g_canonicalize_filename (ca_file, folder);
  self = eonay_portal_profile_new (id, name, base_url, ca_path, FALSE, error);
  if (self == NULL)
    return NULL;

  self->help_url = g_strdup (help_url);
  self->phone = g_steal_pointer (&phone);

  return g_steal_pointer (&self);
}

/* A pipe, for instance, might block for ever. */
GBytes *
eonay_portal_profile_read_file (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return NULL;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      g_file_info_get_size (info) > FILE_MAX)
    {
      set_profile_error (error, "It is not a file of at most 64 KiB");
      return NULL;
    }

  return g_file_load_bytes (file, NULL, NULL, error);
}

EonayPortalProfile *
eonay_portal_profile_load (GFile *file, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *folder_path = folder == NULL ? NULL : g_file_get_path (folder);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (EonayPortalProfile) self = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) text = eonay_portal_profile_read_file (file, &cause);

  if (text != NULL)
    object = eonay_json_parse_object (text, &cause);
  if (object != NULL)
    self = parse (object, folder_path, &cause);
  if (self == NULL)
    {
      g_autofree char *path = eonay_text_class_make_line (g_file_peek_path (file), -1);

      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE, "%s: %s", path,
                   cause->message);
    }
  else
    g_set_object (&self->file, file);

  return g_steal_pointer (&self);
}

const char *
eonay_portal_profile_get_id (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->id;
}

const char *
eonay_portal_profile_get_name (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->name;
}

const char *
eonay_portal_profile_get_base_url (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->base_url;
}

const char *
eonay_portal_profile_get_ca_file (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->ca_file;
}

const char *
eonay_portal_profile_get_help_url (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->help_url;
}

const char *
eonay_portal_profile_get_phone (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->phone;
}

GFile *
eonay_portal_profile_get_file (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), NULL);

  return self->file;
}

gboolean
eonay_portal_profile_is_practice (EonayPortalProfile *self)
{
  g_return_val_if_fail (EONAY_IS_PORTAL_PROFILE (self), FALSE);

  return self->practice;
}
