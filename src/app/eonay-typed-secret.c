#include "app/eonay-typed-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes of a character in UTF-8, at most. */
#define CHARACTER 4

/* The row's own button to show what is typed has a picture and no name. */
static void
name_buttons (GtkWidget *widget)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_BUTTON)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Show or hide what is typed"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
refuse_copy_cb (GtkText *text, gpointer signal)
{
  g_signal_stop_emission_by_name (text, signal);
}

/* What is selected is offered to every program, and in plain letters while it can be read. */
static void
drop_selection_cb (GtkText *text)
{
  int start, end;

  if (gtk_text_get_visibility (text)
      && gtk_editable_get_selection_bounds (GTK_EDITABLE (text), &start, &end))
    gtk_editable_set_position (GTK_EDITABLE (text),
                               gtk_editable_get_position (GTK_EDITABLE (text)));
}

static void
keep_off_clipboards (GtkText *text)
{
  static const char *const copies[] = { "copy-clipboard", "cut-clipboard" };
  static const char *const changes[]
      = { "notify::visibility", "notify::selection-bound", "notify::cursor-position" };

  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    g_signal_connect (text, copies[i], G_CALLBACK (refuse_copy_cb), (gpointer) copies[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect (text, changes[i], G_CALLBACK (drop_selection_cb), NULL);
}

/* An entry that is named anew has been prepared before. */
static gboolean
is_prepared (GtkText *text)
{
  return g_signal_handler_find (text, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                (gpointer) drop_selection_cb, NULL)
         != 0;
}

void
eonay_typed_secret_prepare (GtkEditable *entry, const char *name)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (entry));

  name_buttons (GTK_WIDGET (entry));
  gtk_editable_set_enable_undo (entry, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  if (!is_prepared (text))
    keep_off_clipboards (text);
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static void
insert_text_cb (GtkEditable *text, const char *inserted, int length, int *position,
                gpointer user_data)
{
  const char *end = inserted + (length < 0 ? strlen (inserted) : (gsize) length);

  /* Stretch by stretch, so that there is no second copy of it. */
  g_signal_stop_emission_by_name (text, "insert-text");
  g_signal_handlers_block_by_func (text, insert_text_cb, user_data);
  while (inserted < end) {
    const char *p = inserted;

    while (p < end && !is_separator (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    if (p > inserted)
      gtk_editable_insert_text (text, inserted, (int) (p - inserted), position);
    inserted = p < end ? g_utf8_next_char (p) : end;
  }
  g_signal_handlers_unblock_by_func (text, insert_text_cb, user_data);
}

void
eonay_typed_secret_skip_separators (GtkEditable *entry)
{
  g_signal_connect (gtk_editable_get_delegate (entry), "insert-text",
                    G_CALLBACK (insert_text_cb), NULL);
}

void
eonay_typed_secret_set_rules (GtkEditable *entry, const EonayPinState *rules)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (entry));

  gtk_text_set_max_length (text, (int) MIN (rules->max_length, EONAY_SECRET_MAX / CHARACTER));
  gtk_text_set_input_purpose (text, rules->numeric ? GTK_INPUT_PURPOSE_PIN
                                                   : GTK_INPUT_PURPOSE_PASSWORD);
}

EonaySecret *
eonay_typed_secret_read (GtkEditable *entry)
{
  const char *typed = gtk_editable_get_text (entry);

  return eonay_secret_new (typed, strlen (typed));
}

EonaySecret *
eonay_typed_secret_take (GtkEditable *entry)
{
  EonaySecret *secret = eonay_typed_secret_read (entry);

  eonay_typed_secret_wipe (entry);

  return secret;
}

void
eonay_typed_secret_wipe (GtkEditable *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (entry);
  g_autoptr (GtkEntryBuffer) buffer = NULL;

  if (text == NULL)
    return;

  gtk_editable_delete_text (entry, 0, -1);
  /* The buffer keeps all but the first character of what is deleted; one that goes is wiped. */
  buffer = gtk_password_entry_buffer_new ();
  gtk_entry_buffer_set_max_length (buffer, gtk_text_get_max_length (GTK_TEXT (text)));
  gtk_text_set_buffer (GTK_TEXT (text), buffer);
}
