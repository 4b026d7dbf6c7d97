#include "portal/eonay-document.h"

#include "base/eonay-error.h"

struct _EonayDocument {
  GObject parent_instance;
  char *id;
  char *label;
  char *media_type;
  gsize size;
  GBytes *digest;
  char *href;
  EonayFormat format;
  char *conformance_level;
  GBytes *content;
};

G_DEFINE_FINAL_TYPE (EonayDocument, eonay_document, G_TYPE_OBJECT)

static void
eonay_document_finalize (GObject *object)
{
  EonayDocument *self = EONAY_DOCUMENT (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->media_type);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_free (self->href);
  g_free (self->conformance_level);
  g_clear_pointer (&self->content, g_bytes_unref);
  G_OBJECT_CLASS (eonay_document_parent_class)->finalize (object);
}

static void
eonay_document_class_init (EonayDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_document_finalize;
}

static void
eonay_document_init (EonayDocument *self)
{
}

EonayDocument *
eonay_document_new (const char *id, const char *label, const char *media_type, gsize size,
                    GBytes *digest, const char *href, EonayFormat format,
                    const char *conformance_level)
{
  EonayDocument *self;

  g_return_val_if_fail (g_bytes_get_size (digest) == 32, NULL);

  self = g_object_new (EONAY_TYPE_DOCUMENT, NULL);
  self->id = g_strdup (id);
  self->label = g_strdup (label);
  self->media_type = g_strdup (media_type);
  self->size = size;
  self->digest = g_bytes_ref (digest);
  self->href = g_strdup (href);
  self->format = format;
  self->conformance_level = g_strdup (conformance_level);

  return self;
}

const char *
eonay_document_get_id (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->id;
}

const char *
eonay_document_get_label (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->label;
}

const char *
eonay_document_get_media_type (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->media_type;
}

gboolean
eonay_document_is_pdf (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), FALSE);

  return g_regex_match_simple ("^\\s*application/pdf\\s*(;.*)?$", self->media_type,
                               G_REGEX_CASELESS, 0);
}

gsize
eonay_document_get_size (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), 0);

  return self->size;
}

GBytes *
eonay_document_get_digest (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->digest;
}

const char *
eonay_document_get_href (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->href;
}

EonayFormat
eonay_document_get_format (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), EONAY_FORMAT_CADES_ATTACHED);

  return self->format;
}

const char *
eonay_document_get_conformance_level (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->conformance_level;
}

GBytes *
eonay_document_get_content (EonayDocument *self)
{
  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), NULL);

  return self->content;
}

gboolean
eonay_document_set_content (EonayDocument *self, GBytes *content, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (EONAY_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (content != NULL && self->content == NULL, FALSE);

  if (g_bytes_get_size (content) > self->size)
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE,
                   "Document %s has more than the announced %" G_GSIZE_FORMAT " bytes", self->id,
                   self->size);
      return FALSE;
    }

  g_checksum_update (checksum, g_bytes_get_data (content, NULL),
                     (gssize) g_bytes_get_size (content));
  g_checksum_get_digest (checksum, digest, &length);
  if (g_bytes_get_size (content) != self->size ||
      memcmp (digest, g_bytes_get_data (self->digest, NULL), sizeof digest) != 0)
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_DIGEST_MISMATCH,
                   "Document %s does not match its announced digest", self->id);
      return FALSE;
    }

  self->content = g_bytes_ref (content);

  return TRUE;
}

void
eonay_document_set_hashed_content (EonayDocument *self, GBytes *content)
{
  g_return_if_fail (EONAY_IS_DOCUMENT (self));
  g_return_if_fail (content != NULL && self->content == NULL);
  g_return_if_fail (g_bytes_get_size (content) == self->size);

  self->content = g_bytes_ref (content);
}
