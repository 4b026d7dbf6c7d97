#include "practice/card/eonay-practice-file.h"

#include "practice/pki/eonay-practice-der.h"

#include <string.h>

struct _EonayPracticeFile {
  guint16 id;
  guint8 short_id;
  const EonayPracticeFile *parent;
  GBytes *name;
  GBytes *content;
  GPtrArray *files;
};

EonayPracticeFile *
eonay_practice_file_new_df (guint16 id, const void *name, gsize name_length)
{
  EonayPracticeFile *self = g_new0 (EonayPracticeFile, 1);

  self->id = id;
  self->name = name != NULL ? g_bytes_new (name, name_length) : NULL;
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_practice_file_free);

  return self;
}

EonayPracticeFile *
eonay_practice_file_new_ef (guint16 id, guint8 short_id, GBytes *content)
{
  EonayPracticeFile *self = g_new0 (EonayPracticeFile, 1);

  self->id = id;
  self->short_id = short_id;
  self->content = content;

  return self;
}

void
eonay_practice_file_free (EonayPracticeFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->name, g_bytes_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

void
eonay_practice_file_add (EonayPracticeFile *self, EonayPracticeFile *file)
{
  file->parent = self;
  g_ptr_array_add (self->files, file);
}

void
eonay_practice_file_foreach (const EonayPracticeFile *self,
                             void (*function) (const EonayPracticeFile *file, gpointer user_data),
                             gpointer user_data)
{
  for (guint i = 0; i < self->files->len; i++)
    function (g_ptr_array_index (self->files, i), user_data);
}

guint16
eonay_practice_file_get_id (const EonayPracticeFile *self)
{
  return self->id;
}

gboolean
eonay_practice_file_is_df (const EonayPracticeFile *self)
{
  return self->files != NULL;
}

const EonayPracticeFile *
eonay_practice_file_get_parent (const EonayPracticeFile *self)
{
  return self->parent;
}

GBytes *
eonay_practice_file_get_content (const EonayPracticeFile *self)
{
  return self->content;
}

const EonayPracticeFile *
eonay_practice_file_find (const EonayPracticeFile *self, guint16 id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const EonayPracticeFile *file = g_ptr_array_index (self->files, i);

      if (file->id == id)
        return file;
    }

  return NULL;
}

const EonayPracticeFile *
eonay_practice_file_find_short (const EonayPracticeFile *self, guint8 short_id)
{
  for (guint i = 0; short_id != 0 && i < self->files->len; i++)
    {
      const EonayPracticeFile *file = g_ptr_array_index (self->files, i);

      if (file->short_id == short_id)
        return file;
    }

  return NULL;
}

const EonayPracticeFile *
eonay_practice_file_find_path (const EonayPracticeFile *self, const guint8 *path, gsize length)
{
  const EonayPracticeFile *file = self;

  if (length == 0 || length % 2 != 0)
    return NULL;

  for (gsize i = 0; i < length; i += 2)
    {
      if (!eonay_practice_file_is_df (file))
        return NULL;

      file = eonay_practice_file_find (file, (guint16) (path[i] << 8 | path[i + 1]));
      if (file == NULL)
        return NULL;
    }

  return file;
}

const EonayPracticeFile *
eonay_practice_file_find_name (const EonayPracticeFile *self, const guint8 *name, gsize length)
{
  if (self->name != NULL && length <= g_bytes_get_size (self->name) &&
      memcmp (g_bytes_get_data (self->name, NULL), name, length) == 0)
    return self;

  for (guint i = 0; self->files != NULL && i < self->files->len; i++)
    {
      const EonayPracticeFile *found =
          eonay_practice_file_find_name (g_ptr_array_index (self->files, i), name, length);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GBytes *
describe_kind (const EonayPracticeFile *self)
{
  gsize size;

  if (self->files != NULL)
    return self->name == NULL ? g_bytes_new (NULL, 0)
                              : eonay_practice_der_bytes (0x84, g_bytes_get_data (self->name, NULL),
                                                          g_bytes_get_size (self->name));

  size = g_bytes_get_size (self->content);

  return eonay_practice_der_join (
      eonay_practice_der_bytes (0x80, (const guint8[]){ (size >> 8) & 0xff, size & 0xff }, 2),
      eonay_practice_der_bytes (0x88, (const guint8[]){ (guint8) (self->short_id << 3) },
                                self->short_id != 0 ? 1 : 0),
      NULL);
}

GBytes *
eonay_practice_file_describe (const EonayPracticeFile *self, guint8 tag)
{
  const guint8 descriptor = self->files != NULL ? 0x38 : 0x01;
  const guint8 id[] = { self->id >> 8, self->id & 0xff };

  return eonay_practice_der (tag, eonay_practice_der_bytes (0x82, &descriptor, 1),
                             eonay_practice_der_bytes (0x83, id, sizeof id), describe_kind (self),
                             eonay_practice_der_bytes (0x8a, "\x05", 1), NULL);
}
