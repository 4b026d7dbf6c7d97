#include "base/host/eonay-frame.h"

#include "base/eonay-text-class.h"

#define LIST_MAX 4096

GVariant *
eonay_frame_open (const char *type, GBytes *bytes)
{
  g_autoptr (GVariant) frame = NULL;

  if (g_bytes_get_size (bytes) > EONAY_FRAME_MAX)
    return NULL;

  frame = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  return g_variant_is_normal_form (frame) ? g_steal_pointer (&frame) : NULL;
}

GVariant *
eonay_frame_new_text (const char *text)
{
  return g_variant_new_take_string (g_utf8_make_valid (text != NULL ? text : "", -1));
}

GVariant *
eonay_frame_new_bytes (GBytes *bytes)
{
  gsize length = 0;
  gconstpointer content = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, content, length, 1);
}

GVariant *
eonay_frame_new_list (GPtrArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; list != NULL && i < list->len; i++)
    g_variant_builder_add_value (&builder, eonay_frame_new_bytes (list->pdata[i]));

  return g_variant_builder_end (&builder);
}

char *
eonay_frame_read_text (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return NULL;

  return eonay_text_class_make_line (text, -1);
}

GBytes *
eonay_frame_read_bytes (GVariant *bytes)
{
  gsize length;
  gconstpointer content = g_variant_get_fixed_array (bytes, &length, 1);

  return g_bytes_new (content, length);
}

GPtrArray *
eonay_frame_read_list (GVariant *list)
{
  gsize length = g_variant_n_children (list);
  GPtrArray *taken;

  if (length > LIST_MAX)
    return NULL;

  taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) bytes = g_variant_get_child_value (list, i);

      g_ptr_array_add (taken, eonay_frame_read_bytes (bytes));
    }

  return taken;
}
