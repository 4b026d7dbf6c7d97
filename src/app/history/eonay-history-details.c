#include "app/history/eonay-history-details.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "session/history/eonay-history-table.h"

struct _EonayHistoryDetails {
  AdwBin parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *facts;
  EonayCopyRow *rows[EONAY_HISTORY_N_COLUMNS];
  AdwPreferencesGroup *signed_text;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (EonayHistoryDetails, eonay_history_details, ADW_TYPE_BIN)

static const EonayHistoryColumn shown[] = {
  EONAY_HISTORY_COLUMN_OUTCOME, EONAY_HISTORY_COLUMN_CODE,   EONAY_HISTORY_COLUMN_TIME,
  EONAY_HISTORY_COLUMN_RECEIPT, EONAY_HISTORY_COLUMN_PORTAL, EONAY_HISTORY_COLUMN_DOCUMENT,
  EONAY_HISTORY_COLUMN_DIGEST,  EONAY_HISTORY_COLUMN_SERIAL, EONAY_HISTORY_COLUMN_ISSUER,
};

static gboolean
eonay_history_details_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (EONAY_HISTORY_DETAILS (widget)->facts),
                                 GTK_DIR_TAB_FORWARD);
}

static void
eonay_history_details_class_init (EonayHistoryDetailsClass *klass)
{
  eonay_focus_install (GTK_WIDGET_CLASS (klass), eonay_history_details_grab_focus);
}

static void
eonay_history_details_init (EonayHistoryDetails *self)
{
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->page), "history-details");
  self->facts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      GtkWidget *row = eonay_copy_row_new (eonay_history_column_describe (shown[i]));

      self->rows[shown[i]] = EONAY_COPY_ROW (row);
      adw_preferences_group_add (self->facts, row);
    }

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_selectable (self->text, TRUE);
  self->signed_text = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->signed_text, _ ("The text that was signed"));
  adw_preferences_group_add (self->signed_text, GTK_WIDGET (self->text));

  adw_preferences_page_add (self->page, self->facts);
  adw_preferences_page_add (self->page, self->signed_text);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

static const char *
explain_own (EonayHistoryOutcome outcome)
{
  switch (outcome)
    {
    case EONAY_HISTORY_UNKNOWN:
      return _ ("e-Onay was ended while the card was asked to sign, so it cannot tell whether the "
                "card did. Look in the folder whether the signed file is there.");
    case EONAY_HISTORY_UNSAVED:
      return _ (
          "The card has signed, but the signed file could not be saved. Sign the file again.");
    case EONAY_HISTORY_FAILED:
      return _ ("The card made no signature of this file.");
    case EONAY_HISTORY_UNFINISHED:
      return _ ("The card may have signed, but e-Onay did not get the signature, so no file was "
                "saved.");
    default:
      return "";
    }
}

static const char *
explain (EonayHistoryOutcome outcome)
{
  switch (outcome)
    {
    case EONAY_HISTORY_UNKNOWN:
      return _ ("e-Onay was ended while the card was asked to sign, so it cannot tell whether the "
                "card did. Look on the web page what became of it.");
    case EONAY_HISTORY_DELIVERY_UNKNOWN:
      return _ ("The card has signed, but e-Onay was ended before the portal answered. Look on the "
                "web page what became of it.");
    case EONAY_HISTORY_UNDELIVERED:
      return _ (
          "The card has signed, but the portal did not say that it has the signature. Look on "
          "the web page what became of it.");
    case EONAY_HISTORY_UNSENT:
      return _ (
          "The card has signed, but the signing was interrupted, so the signature was not sent "
          "to the portal.");
    case EONAY_HISTORY_REFUSED:
      return _ ("The card has signed, and the portal did not accept the signature.");
    case EONAY_HISTORY_FAILED:
      return _ ("The card did not get the PIN, so it made no signature, and none was sent.");
    case EONAY_HISTORY_UNFINISHED:
      return _ ("The card may have signed, but e-Onay did not get all that it was to send. No "
                "signature was sent to the portal.");
    default:
      return "";
    }
}

void
eonay_history_details_show (EonayHistoryDetails *self, EonayHistoryEntry *entry)
{
  gboolean is_own = strcmp (entry->operation, EONAY_HISTORY_OWN_FILE) == 0;
  const char *explanation = is_own ? explain_own (entry->outcome) : explain (entry->outcome);
  g_autofree char *operation = g_markup_escape_text (eonay_history_entry_describe_operation (entry),
                                                     -1);

  g_return_if_fail (EONAY_IS_HISTORY_DETAILS (self) && EONAY_IS_HISTORY_ENTRY (entry));

  adw_preferences_group_set_title (self->facts, operation);
  adw_preferences_group_set_description (self->facts, explanation[0] != '\0' ? explanation : NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *value = eonay_history_column_read (shown[i], entry);

      eonay_copy_row_set_value (self->rows[shown[i]], value, NULL);
    }
  gtk_label_set_label (self->text, entry->text != NULL ? entry->text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->signed_text), entry->text != NULL);
}
