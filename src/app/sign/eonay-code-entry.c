#include "app/sign/eonay-code-entry.h"

#include "app/sign/eonay-code-text.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "session/eonay-code.h"

struct _EonayCodeEntry {
  AdwBin parent_instance;

  GtkEntry *entry;
  GtkEditable *text;
  char *portal_id; /* (nullable): of the link whose code is there */
  gboolean changing;
  gboolean filling;
};

enum {
  COMPLETE,
  DONE,
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayCodeEntry, eonay_code_entry, ADW_TYPE_BIN)

static gboolean
holds_code (EonayCodeEntry *self)
{
  g_autofree char *code = eonay_code_parse (eonay_code_entry_get_text (self), NULL, NULL);

  return code != NULL;
}

static void
replace_text (EonayCodeEntry *self, const char *text)
{
  int position = 0;

  self->changing = TRUE;
  gtk_editable_delete_text (self->text, 0, -1);
  gtk_editable_insert_text (self->text, text, -1, &position);
  self->changing = FALSE;

  if (!self->filling)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
set_portal_id (EonayCodeEntry *self, const char *id)
{
  g_free (self->portal_id);
  self->portal_id = g_strdup (id);
}

static void
insert_text_cb (EonayCodeEntry *self, const char *inserted, int length, int *position,
                GtkEditable *text)
{
  g_autofree char *added = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *portal_id = NULL;
  g_autofree char *code = NULL;
  guint caret;

  if (self->changing)
    return;

  g_signal_stop_emission_by_name (text, "insert-text");
  added = length < 0 ? g_strdup (inserted) : g_strndup (inserted, (gsize) length);
  shown = eonay_code_text_insert (gtk_editable_get_text (text), (guint) MAX (0, *position), added,
                                  &caret);
  /* The link is shown as its code, and nothing but this remembers whose it is. */
  code = eonay_code_parse (added, &portal_id, NULL);
  set_portal_id (self, portal_id);
  replace_text (self, shown);
  gtk_editable_set_position (text, (int) caret);
  *position = (int) caret;

  if (self->filling)
    return;
  if (holds_code (self))
    g_signal_emit (self, signals[COMPLETE], 0);
  else if (g_utf8_strlen (added, -1) > 1)
    g_signal_emit (self, signals[DONE], 0);
}

static void
delete_text_cb (EonayCodeEntry *self, int start, int end, GtkEditable *text)
{
  const char *old = gtk_editable_get_text (text);
  int length = (int) g_utf8_strlen (old, -1);
  g_autofree char *shown = NULL;
  guint caret;

  if (self->changing)
    return;
  if (end < 0 || end > length)
    end = length;

  g_signal_stop_emission_by_name (text, "delete-text");
  if (start >= end)
    return;

  shown = eonay_code_text_delete (old, (guint) start, (guint) end, &caret);
  set_portal_id (self, NULL);
  replace_text (self, shown);
  gtk_editable_set_position (text, (int) caret);
}

static void
activate_cb (EonayCodeEntry *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
paste_clicked_cb (EonayCodeEntry *self)
{
  eonay_code_entry_paste (self);
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayCodeEntry) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  int position = 0;

  if (text == NULL || self->text == NULL)
    return;

  self->filling = TRUE;
  gtk_editable_delete_text (self->text, 0, -1);
  self->filling = FALSE;
  gtk_editable_insert_text (self->text, text, -1, &position);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_editable_set_position (self->text, position);
}

static gboolean
eonay_code_entry_grab_focus (GtkWidget *widget)
{
  return gtk_entry_grab_focus_without_selecting (EONAY_CODE_ENTRY (widget)->entry);
}

static void
eonay_code_entry_dispose (GObject *object)
{
  EonayCodeEntry *self = EONAY_CODE_ENTRY (object);

  self->text = NULL;

  G_OBJECT_CLASS (eonay_code_entry_parent_class)->dispose (object);
}

static void
eonay_code_entry_finalize (GObject *object)
{
  g_free (EONAY_CODE_ENTRY (object)->portal_id);

  G_OBJECT_CLASS (eonay_code_entry_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, EONAY_TYPE_CODE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
eonay_code_entry_class_init (EonayCodeEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_code_entry_dispose;
  object_class->finalize = eonay_code_entry_finalize;
  eonay_focus_install (widget_class, eonay_code_entry_grab_focus);

  signals[COMPLETE] = add_signal ("complete");
  signals[DONE] = add_signal ("done");
  signals[EDITED] = add_signal ("edited");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-code-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCodeEntry, entry);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "codeentry");
}

static void
eonay_code_entry_init (EonayCodeEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Undo would put back steps of the grouping instead of what was typed. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  self->text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  g_signal_connect_object (self->text, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "delete-text", G_CALLBACK (delete_text_cb), self,
                           G_CONNECT_SWAPPED);
}

const char *
eonay_code_entry_get_text (EonayCodeEntry *self)
{
  g_return_val_if_fail (EONAY_IS_CODE_ENTRY (self), "");

  return gtk_editable_get_text (self->text);
}

const char *
eonay_code_entry_get_portal_id (EonayCodeEntry *self)
{
  g_return_val_if_fail (EONAY_IS_CODE_ENTRY (self), NULL);

  return self->portal_id;
}

void
eonay_code_entry_set_text (EonayCodeEntry *self, const char *text)
{
  g_return_if_fail (EONAY_IS_CODE_ENTRY (self));

  self->filling = TRUE;
  gtk_editable_set_text (self->text, text);
  gtk_editable_set_position (self->text, -1);
  self->filling = FALSE;
}

void
eonay_code_entry_paste (EonayCodeEntry *self)
{
  g_return_if_fail (EONAY_IS_CODE_ENTRY (self));

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, pasted_cb,
                                 g_object_ref (self));
}

void
eonay_code_entry_describe (EonayCodeEntry *self, const char *text)
{
  g_return_if_fail (EONAY_IS_CODE_ENTRY (self));

  eonay_announcement_describe (GTK_WIDGET (self->entry), text);
}

void
eonay_code_entry_set_wrong (EonayCodeEntry *self, gboolean wrong)
{
  g_return_if_fail (EONAY_IS_CODE_ENTRY (self));

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
