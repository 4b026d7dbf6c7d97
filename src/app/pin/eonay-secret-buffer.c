#include "app/pin/eonay-secret-buffer.h"

#define BULLET_SIZE (sizeof EONAY_SECRET_BULLET - 1)

struct _EonaySecretBuffer {
  GtkEntryBuffer parent_instance;

  EonaySecret *typed;
  guint count; /* of its characters */

  const char *offered; /* of whoever offers */
  guint offered_count;
};

G_DEFINE_FINAL_TYPE (EonaySecretBuffer, eonay_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

const char *
eonay_secret_buffer_get_bullets (guint count)
{
  static char bullets[EONAY_SECRET_BUFFER_MAX * BULLET_SIZE + 1];

  if (bullets[0] == '\0')
    for (gsize i = 0; i < EONAY_SECRET_BUFFER_MAX; i++)
      memcpy (bullets + i * BULLET_SIZE, EONAY_SECRET_BULLET, BULLET_SIZE);

  return bullets + (EONAY_SECRET_BUFFER_MAX - MIN (count, EONAY_SECRET_BUFFER_MAX)) * BULLET_SIZE;
}

/* In bytes; @number is not past the end. */
static gsize
find (EonaySecretBuffer *self, guint number)
{
  gsize length;
  const char *typed = (const char *) eonay_secret_peek (self->typed, &length);
  const char *at = typed;

  while (number-- > 0)
    at = g_utf8_next_char (at);

  return (gsize) (at - typed);
}

static void
splice (EonaySecretBuffer *self, guint position, guint n_deleted, const char *inserted,
        gsize inserted_length)
{
  gsize start = find (self, position);
  gsize end = find (self, position + n_deleted);
  EonaySecret *spliced = eonay_secret_new_spliced (self->typed, start, end - start, inserted,
                                                   inserted_length);

  eonay_secret_free (self->typed);
  self->typed = spliced;
}

static const char *
eonay_secret_buffer_get_text (GtkEntryBuffer *buffer, gsize *n_bytes)
{
  EonaySecretBuffer *self = EONAY_SECRET_BUFFER (buffer);

  if (n_bytes != NULL)
    *n_bytes = self->count * BULLET_SIZE;

  return eonay_secret_buffer_get_bullets (self->count);
}

static guint
eonay_secret_buffer_get_length (GtkEntryBuffer *buffer)
{
  return EONAY_SECRET_BUFFER (buffer)->count;
}

static guint
eonay_secret_buffer_insert_text (GtkEntryBuffer *buffer, guint position, const char *chars,
                                 guint n_chars)
{
  EonaySecretBuffer *self = EONAY_SECRET_BUFFER (buffer);
  guint count = MIN (n_chars, MIN (self->offered_count, EONAY_SECRET_BUFFER_MAX - self->count));
  const char *end = self->offered;

  if (count == 0)
    return 0;

  end = g_utf8_offset_to_pointer (self->offered, (glong) count);
  splice (self, position, 0, self->offered, (gsize) (end - self->offered));
  self->count += count;
  self->offered = end;
  self->offered_count -= count;
  gtk_entry_buffer_emit_inserted_text (buffer, position, eonay_secret_buffer_get_bullets (count),
                                       count);

  return count;
}

static guint
eonay_secret_buffer_delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  EonaySecretBuffer *self = EONAY_SECRET_BUFFER (buffer);
  guint start = MIN (position, self->count);
  guint count = MIN (n_chars, self->count - start);

  if (count > 0)
    gtk_entry_buffer_emit_deleted_text (buffer, start, count);

  return count;
}

/* Where the text changes, between those who ask before and after. */
static void
eonay_secret_buffer_deleted_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  EonaySecretBuffer *self = EONAY_SECRET_BUFFER (buffer);

  splice (self, position, n_chars, "", 0);
  self->count -= n_chars;
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
eonay_secret_buffer_finalize (GObject *object)
{
  eonay_secret_free (EONAY_SECRET_BUFFER (object)->typed);

  G_OBJECT_CLASS (eonay_secret_buffer_parent_class)->finalize (object);
}

static void
eonay_secret_buffer_class_init (EonaySecretBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_secret_buffer_finalize;
  buffer_class->get_text = eonay_secret_buffer_get_text;
  buffer_class->get_length = eonay_secret_buffer_get_length;
  buffer_class->insert_text = eonay_secret_buffer_insert_text;
  buffer_class->delete_text = eonay_secret_buffer_delete_text;
  buffer_class->deleted_text = eonay_secret_buffer_deleted_text;
}

static void
eonay_secret_buffer_init (EonaySecretBuffer *self)
{
  self->typed = eonay_secret_new ("", 0);
}

EonaySecretBuffer *
eonay_secret_buffer_new (void)
{
  return g_object_new (EONAY_TYPE_SECRET_BUFFER, "max-length", EONAY_SECRET_BUFFER_MAX, NULL);
}

void
eonay_secret_buffer_offer (EonaySecretBuffer *self, const char *characters, guint count)
{
  g_return_if_fail (EONAY_IS_SECRET_BUFFER (self));

  self->offered = characters;
  self->offered_count = characters != NULL ? count : 0;
}

EonaySecret *
eonay_secret_buffer_read (EonaySecretBuffer *self)
{
  g_return_val_if_fail (EONAY_IS_SECRET_BUFFER (self), NULL);

  return eonay_secret_new_spliced (self->typed, 0, 0, "", 0);
}

const char *
eonay_secret_buffer_peek (EonaySecretBuffer *self, guint number, gsize *length)
{
  gsize whole;
  const char *character;

  g_return_val_if_fail (EONAY_IS_SECRET_BUFFER (self) && length != NULL, NULL);

  *length = 0;
  if (number >= self->count)
    return NULL;

  character = (const char *) eonay_secret_peek (self->typed, &whole) + find (self, number);
  *length = (gsize) (g_utf8_next_char (character) - character);

  return character;
}
