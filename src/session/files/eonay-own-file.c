#include "session/files/eonay-own-file.h"

#include <string.h>
#include <sys/stat.h>

#include "base/eonay-error.h"
#include "base/eonay-regular-file.h"
#include "base/eonay-text-class.h"

#define PRIVATE 0600
#define HEADER_ROOM 1024
#define PDF_HEADER "%PDF-"

/* id-signedData, 1.2.840.113549.1.7.2, behind the tag and at most five bytes of length. */
#define SIGNED_DATA "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
#define SIGNED_DATA_ROOM 17

struct _EonayOwnFile {
  GObject parent_instance;

  char *path;
  char *name;
  GBytes *content;
  GBytes *digest;
  EonayPdfInspection *inspection;
  GError *inspection_error; /* nullable: certain */
  char *field;              /* nullable */
  EonayOwnFileKind kind;
  guint mode;
  EonayOwnFileState state;
  GError *error;
  char *result;
  gboolean seen;
  gboolean end_seen;
  gboolean warning_read;
  guint n_drawn; /* warnings of what drawing has shown */
};

enum {
  PROP_STATE = 1,
  PROP_SEEN,
  PROP_FIELD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayOwnFile, eonay_own_file, G_TYPE_OBJECT)

static void
eonay_own_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayOwnFile *self = EONAY_OWN_FILE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_SEEN:
      g_value_set_boolean (value, self->seen);
      break;
    case PROP_FIELD:
      g_value_set_string (value, self->field);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_own_file_finalize (GObject *object)
{
  EonayOwnFile *self = EONAY_OWN_FILE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_clear_pointer (&self->result, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_object (&self->inspection);
  g_clear_error (&self->inspection_error);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (eonay_own_file_parent_class)->finalize (object);
}

static void
eonay_own_file_class_init (EonayOwnFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_own_file_get_property;
  object_class->finalize = eonay_own_file_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, EONAY_OWN_FILE_LISTED,
                                             EONAY_OWN_FILE_FAILED, EONAY_OWN_FILE_LISTED,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEEN] = g_param_spec_boolean ("seen", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_own_file_init (EonayOwnFile *self)
{
  self->mode = PRIVATE;
}

EonayOwnFile *
eonay_own_file_new (const char *path)
{
  EonayOwnFile *self;
  g_autofree char *base = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (EONAY_TYPE_OWN_FILE, NULL);
  self->path = g_canonicalize_filename (path, NULL);
  base = g_path_get_basename (self->path);
  shown = g_filename_display_name (base);
  self->name = eonay_text_class_make_line (shown, -1);

  return self;
}

const char *
eonay_own_file_get_path (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->path;
}

const char *
eonay_own_file_get_name (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->name;
}

/* The kernel's reasons, as people know them. */
static EonaySessionError
classify (const GError *reason)
{
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    return EONAY_SESSION_ERROR_FILE_MISSING;
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return EONAY_SESSION_ERROR_FILE_TOO_LARGE;
  if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_FAILED) ||
      g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ISDIR) ||
      g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NXIO))
    return EONAY_SESSION_ERROR_FILE_NOT_REGULAR;

  return EONAY_SESSION_ERROR_FILE_UNREADABLE;
}

static gboolean
is_text (const char *bytes, gsize length)
{
  if (!g_utf8_validate_len (bytes, length, NULL))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_iscntrl (bytes[i]) && strchr ("\t\n\r\f", bytes[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* A SEQUENCE that begins with the object identifier of signed data. */
static gboolean
is_signature (const char *bytes, gsize length)
{
  return length > 0 && bytes[0] == '\x30' &&
         memmem (bytes, MIN (length, SIGNED_DATA_ROOM), SIGNED_DATA, strlen (SIGNED_DATA)) != NULL;
}

static EonayOwnFileKind
find_kind (GBytes *content)
{
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);

  if (memmem (bytes, MIN (length, HEADER_ROOM), PDF_HEADER, strlen (PDF_HEADER)) != NULL)
    return EONAY_OWN_FILE_PDF;
  if (is_signature (bytes, length))
    return EONAY_OWN_FILE_SIGNATURE;

  return is_text (bytes, length) ? EONAY_OWN_FILE_TEXT : EONAY_OWN_FILE_OTHER;
}

static GBytes *
hash (GBytes *content)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (content, NULL),
                     (gssize) g_bytes_get_size (content));
  g_checksum_get_digest (checksum, digest, &length);

  return g_bytes_new (digest, length);
}

gboolean
eonay_own_file_read (EonayOwnFile *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) content = NULL;
  guint mode = PRIVATE;

  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), FALSE);

  if (self->content != NULL)
    return TRUE;

  content = eonay_regular_file_read_with_mode (self->path, EONAY_OWN_FILE_MAX, &mode, &reason);
  if (content == NULL)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, (int) classify (reason), reason->message);
      return FALSE;
    }
  if (g_bytes_get_size (content) == 0)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_EMPTY,
                           "The file is empty");
      return FALSE;
    }

  self->kind = find_kind (content);
  self->digest = hash (content);
  self->mode = mode;
  self->content = g_steal_pointer (&content);

  return TRUE;
}

/* Returns: whether it would fail in the same way once more */
static gboolean
is_certain (const GError *error)
{
  return error->domain == EONAY_SIGNATURE_ERROR &&
         (error->code == EONAY_SIGNATURE_ERROR_PDF_MALFORMED ||
          error->code == EONAY_SIGNATURE_ERROR_PDF_DAMAGED ||
          error->code == EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED ||
          error->code == EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE);
}

gboolean
eonay_own_file_inspect (EonayOwnFile *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (EONAY_IS_OWN_FILE (self) && self->content != NULL, FALSE);

  if (self->kind != EONAY_OWN_FILE_PDF || self->inspection != NULL)
    return TRUE;

  if (self->inspection_error == NULL)
    self->inspection = eonay_pdf_inspection_new (self->content, NULL, &reason);
  if (reason != NULL && is_certain (reason))
    self->inspection_error = g_steal_pointer (&reason);
  if (self->inspection != NULL)
    return TRUE;

  g_propagate_error (error, reason != NULL ? g_steal_pointer (&reason)
                                           : g_error_copy (self->inspection_error));

  return FALSE;
}

const GError *
eonay_own_file_get_inspection_error (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->inspection_error;
}

void
eonay_own_file_take_read (EonayOwnFile *self, const GError *error)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  if (error != NULL)
    eonay_own_file_fail (self, EONAY_OWN_FILE_REFUSED, error);
  else if (self->state == EONAY_OWN_FILE_LISTED)
    eonay_own_file_set_state (self, EONAY_OWN_FILE_READ);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (!eonay_own_file_read (source, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  eonay_own_file_inspect (source, NULL);
  g_task_return_boolean (task, TRUE);
}

void
eonay_own_file_read_async (EonayOwnFile *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_own_file_read_async);
  g_task_run_in_thread (task, read_in_thread);
}

gboolean
eonay_own_file_read_finish (EonayOwnFile *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), &local))
    {
      eonay_own_file_take_read (self, NULL);
      return TRUE;
    }

  if (local->domain == EONAY_SESSION_ERROR)
    eonay_own_file_take_read (self, local);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

GBytes *
eonay_own_file_get_content (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->content;
}

GBytes *
eonay_own_file_get_digest (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->digest;
}

EonayPdfInspection *
eonay_own_file_get_inspection (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->inspection;
}

EonayOwnFileKind
eonay_own_file_get_kind (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), EONAY_OWN_FILE_UNKNOWN);

  return self->kind;
}

gsize
eonay_own_file_get_size (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), 0);

  return self->content != NULL ? g_bytes_get_size (self->content) : 0;
}

guint
eonay_own_file_get_mode (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), PRIVATE);

  return self->mode;
}

EonayOwnFileState
eonay_own_file_get_state (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), EONAY_OWN_FILE_LISTED);

  return self->state;
}

const GError *
eonay_own_file_get_error (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->error;
}

const char *
eonay_own_file_get_result (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->result;
}

const char *
eonay_own_file_get_field (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), NULL);

  return self->field;
}

void
eonay_own_file_set_field (EonayOwnFile *self, const char *name)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  if (g_strcmp0 (self->field, name) == 0)
    return;

  g_free (self->field);
  self->field = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIELD]);
}

gboolean
eonay_own_file_is_seen (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), FALSE);

  return self->seen;
}

void
eonay_own_file_set_seen (EonayOwnFile *self, gboolean seen)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  if (self->seen == seen)
    return;

  self->seen = seen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEEN]);
}

gboolean
eonay_own_file_is_end_seen (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), FALSE);

  return self->end_seen;
}

void
eonay_own_file_set_end_seen (EonayOwnFile *self, gboolean seen)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  self->end_seen = seen;
}

gboolean
eonay_own_file_is_warning_read (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), FALSE);

  return self->warning_read;
}

void
eonay_own_file_set_warning_read (EonayOwnFile *self, gboolean read)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  self->warning_read = read;
}

void
eonay_own_file_note_drawn (EonayOwnFile *self, guint n_warnings)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  if (n_warnings <= self->n_drawn)
    return;

  self->n_drawn = n_warnings;
  self->warning_read = FALSE;
  eonay_own_file_set_seen (self, FALSE);
}

gboolean
eonay_own_file_is_drawn_unread (EonayOwnFile *self)
{
  g_return_val_if_fail (EONAY_IS_OWN_FILE (self), FALSE);

  return self->n_drawn > 0 && !self->warning_read;
}

void
eonay_own_file_set_state (EonayOwnFile *self, EonayOwnFileState state)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self));

  g_clear_error (&self->error);
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
eonay_own_file_fail (EonayOwnFile *self, EonayOwnFileState state, const GError *error)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self) && error != NULL);

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
eonay_own_file_take_result (EonayOwnFile *self, char *path)
{
  g_return_if_fail (EONAY_IS_OWN_FILE (self) && path != NULL);

  g_free (self->result);
  self->result = path;
  eonay_own_file_set_state (self, EONAY_OWN_FILE_SIGNED);
}

gboolean
eonay_own_file_is_any_over (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      EonayOwnFileState state = EONAY_OWN_FILE (files->pdata[i])->state;

      if (state == EONAY_OWN_FILE_SIGNED || state == EONAY_OWN_FILE_UNSAVED ||
          state == EONAY_OWN_FILE_FAILED)
        return TRUE;
    }

  return FALSE;
}
