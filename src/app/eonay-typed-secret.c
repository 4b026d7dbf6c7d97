#include "app/eonay-typed-secret.h"

#include <string.h>

EonaySecret *
eonay_typed_secret_take (GtkEditable *entry)
{
  const char *typed = gtk_editable_get_text (entry);
  EonaySecret *secret = eonay_secret_new (typed, strlen (typed));

  eonay_typed_secret_wipe (entry);

  return secret;
}

void
eonay_typed_secret_wipe (GtkEditable *entry)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (entry));
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  gtk_editable_delete_text (entry, 0, -1);
  /* The buffer keeps all but the first character of what is deleted; one that goes is wiped. */
  gtk_entry_buffer_set_max_length (buffer, gtk_text_get_max_length (text));
  gtk_text_set_buffer (text, buffer);
}
