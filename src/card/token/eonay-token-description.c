#include "card/token/eonay-token-description.h"

#include <glib-object.h>

EonayTokenDescription *
eonay_token_description_new (const char *model)
{
  EonayTokenDescription *self = g_atomic_rc_box_new0 (EonayTokenDescription);

  self->model = g_strdup (model);
  self->knowledge = EONAY_SIGNING_UNKNOWN;
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

EonayTokenDescription *
eonay_token_description_ref (EonayTokenDescription *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer description)
{
  EonayTokenDescription *self = description;

  g_free (self->model);
  g_ptr_array_unref (self->certificates);
  g_clear_pointer (&self->atr, g_bytes_unref);
  g_free (self->label);
  g_free (self->serial);
}

void
eonay_token_description_unref (EonayTokenDescription *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
eonay_token_description_name (EonayTokenDescription *self, char *label, char *serial)
{
  if (self->is_named)
    {
      g_free (label);
      g_free (serial);
      return;
    }

  g_atomic_pointer_set (&self->label, label);
  g_atomic_pointer_set (&self->serial, serial);
  self->is_named = TRUE;
}

gboolean
eonay_token_description_is_named (const EonayTokenDescription *self)
{
  return self->is_named;
}

static const char *
get (char **text)
{
  const char *value = g_atomic_pointer_get (text);

  return value != NULL ? value : "";
}

const char *
eonay_token_description_get_label (EonayTokenDescription *self)
{
  return get (&self->label);
}

const char *
eonay_token_description_get_serial (EonayTokenDescription *self)
{
  return get (&self->serial);
}
