#include "app/sign/eonay-code-page.h"

#include <glib/gi18n-lib.h>

#include "app/sign/eonay-code-entry.h"
#include "app/sign/eonay-setup-group.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-code.h"

struct _EonayCodePage {
  AdwBin parent_instance;

  AdwStatusPage *status;
  EonayCodeEntry *entry;
  EonayAdviceBox *advice;
  GtkWidget *portal_box;
  GtkDropDown *portals;
  GtkLabel *only_portal;
  GtkStack *buttons;
  GtkWidget *submit;
  GtkWidget *practice;
  GtkWidget *practice_code;
  GtkWidget *practice_operations;
  GtkWidget *cancel;
  GtkSpinner *spinner;
  EonaySetupGroup *setup;

  GListModel *profiles;
  char *title; /* of the page when a code can be entered */
  char *description;
  gboolean lacks_portal;
  gboolean awaits_portals; /* a link came before they were known */
  gboolean busy;
};

enum {
  SUBMIT,
  CANCEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayCodePage, eonay_code_page, ADW_TYPE_BIN)

static char *
name_of_profile (gpointer item)
{
  return g_strdup (eonay_portal_profile_get_name (item));
}

static void
submit_cb (EonayCodePage *self)
{
  g_signal_emit (self, signals[SUBMIT], 0);
}

static void
cancel_cb (EonayCodePage *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
act_cb (EonayCodePage *self, guint action)
{
  g_signal_emit (self, signals[SUBMIT], 0);
}

/** Returns: whether there is a portal of that @id, which is now the chosen one */
static gboolean
choose_portal (EonayCodePage *self, const char *id)
{
  guint n_items = self->profiles != NULL ? g_list_model_get_n_items (self->profiles) : 0;

  for (guint i = 0; id != NULL && i < n_items; i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (self->profiles, i);

      if (g_str_equal (eonay_portal_profile_get_id (profile), id))
        {
          gtk_drop_down_set_selected (self->portals, i);
          return TRUE;
        }
    }

  return FALSE;
}

static void
edited_cb (EonayCodePage *self)
{
  choose_portal (self, eonay_code_entry_get_portal_id (self->entry));
  eonay_code_page_set_error (self, NULL);
  eonay_code_entry_set_wrong (self->entry, FALSE);
}

static gboolean
eonay_code_page_grab_focus (GtkWidget *widget)
{
  EonayCodePage *self = EONAY_CODE_PAGE (widget);

  if (self->lacks_portal)
    return eonay_focus_move_into (GTK_WIDGET (self->setup));

  return gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
eonay_code_page_dispose (GObject *object)
{
  g_clear_object (&EONAY_CODE_PAGE (object)->profiles);

  G_OBJECT_CLASS (eonay_code_page_parent_class)->dispose (object);
}

static void
eonay_code_page_finalize (GObject *object)
{
  EonayCodePage *self = EONAY_CODE_PAGE (object);

  g_free (self->title);
  g_free (self->description);

  G_OBJECT_CLASS (eonay_code_page_parent_class)->finalize (object);
}

static void
eonay_code_page_class_init (EonayCodePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_code_page_dispose;
  object_class->finalize = eonay_code_page_finalize;
  eonay_focus_install (widget_class, eonay_code_page_grab_focus);

  signals[SUBMIT] = g_signal_new ("submit", EONAY_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", EONAY_TYPE_CODE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_CODE_ENTRY);
  g_type_ensure (EONAY_TYPE_SETUP_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, status);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, entry);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, advice);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, portal_box);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, portals);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, only_portal);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, buttons);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, submit);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, practice);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, practice_code);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, practice_operations);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayCodePage, setup);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
eonay_code_page_init (EonayCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->title = g_strdup (adw_status_page_get_title (self->status));
  self->description = g_strdup (adw_status_page_get_description (self->status));
  eonay_stack_follow (GTK_WIDGET (self->buttons));
  eonay_focus_name_panes (GTK_WIDGET (self));
  eonay_advice_box_set_actions (self->advice, 1u << EONAY_ADVICE_ACTION_RETRY);
}

/* Without a portal no code can be asked about: the page is for what there is to do first. */
static void
set_lacks_portal (EonayCodePage *self, gboolean lacks_portal)
{
  gboolean has_focus = eonay_focus_is_in (GTK_WIDGET (self));

  adw_status_page_set_title (self->status,
                             lacks_portal ? _ ("Before the first signature") : self->title);
  adw_status_page_set_description (
      self->status, lacks_portal
                        ? _ ("What signing still lacks is below; practice mode needs none of it.")
                        : self->description);
  eonay_stack_name_page (GTK_WIDGET (self), adw_status_page_get_title (self->status));
  eonay_code_entry_describe (self->entry, self->description);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), !lacks_portal);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), !lacks_portal);
  eonay_setup_group_set_lacks_portal (self->setup, lacks_portal);
  if (self->lacks_portal == lacks_portal)
    return;

  self->lacks_portal = lacks_portal;
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
set_no_such_portal (GError **error)
{
  g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE,
                       "No such portal profile is installed");
}

/* The code of a link goes to its own portal or to none. */
static void
check_link_portal (EonayCodePage *self)
{
  const char *id = eonay_code_entry_get_portal_id (self->entry);
  g_autoptr (GError) error = NULL;

  self->awaits_portals = self->profiles == NULL;
  if (self->awaits_portals || (id != NULL ? choose_portal (self, id) : !self->lacks_portal))
    return;

  set_no_such_portal (&error);
  eonay_code_page_set_text (self, "");
  eonay_code_page_set_error (self, error);
}

void
eonay_code_page_set_portals (EonayCodePage *self, GListModel *profiles, const char *chosen)
{
  g_autoptr (GtkExpression) name = NULL;
  g_autoptr (EonayPortalProfile) first = NULL;
  guint n_items;

  g_return_if_fail (EONAY_IS_CODE_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (profiles));

  g_set_object (&self->profiles, profiles);
  n_items = g_list_model_get_n_items (profiles);
  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_of_profile),
                                      NULL, NULL);
  gtk_drop_down_set_expression (self->portals, name);
  gtk_drop_down_set_model (self->portals, profiles);
  choose_portal (self, chosen);
  choose_portal (self, eonay_code_entry_get_portal_id (self->entry));

  gtk_widget_set_visible (self->portal_box, n_items > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->portals), n_items > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->only_portal), n_items == 1);
  first = g_list_model_get_item (profiles, 0);
  if (first != NULL)
    gtk_label_set_label (self->only_portal, eonay_portal_profile_get_name (first));
  set_lacks_portal (self, first == NULL);
  if (self->awaits_portals)
    check_link_portal (self);
}

void
eonay_code_page_set_own_portals (EonayCodePage *self, gboolean own_portals)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_setup_group_set_own_portals (self->setup, own_portals);
}

void
eonay_code_page_set_readers (EonayCodePage *self, EonayReaderList *readers)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_setup_group_set_readers (self->setup, readers);
}

EonayPortalProfile *
eonay_code_page_get_portal (EonayCodePage *self)
{
  g_return_val_if_fail (EONAY_IS_CODE_PAGE (self), NULL);

  return gtk_drop_down_get_selected_item (self->portals);
}

void
eonay_code_page_set_purpose (EonayCodePage *self, const char *title, const char *description,
                             const char *practice_action)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  g_free (self->title);
  g_free (self->description);
  self->title = g_strdup (title);
  self->description = g_strdup (description);
  adw_status_page_set_icon_name (self->status, NULL);
  set_lacks_portal (self, self->lacks_portal);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->practice_code), practice_action);
  gtk_widget_set_visible (self->practice_operations, FALSE);
}

void
eonay_code_page_set_practice (EonayCodePage *self, gboolean practice)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  gtk_widget_set_visible (self->practice, practice);
}

void
eonay_code_page_set_busy (EonayCodePage *self, gboolean busy)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  if (self->busy == busy)
    return;

  self->busy = busy;
  eonay_stack_show (self->buttons, busy ? "busy" : "ready");
  gtk_spinner_set_spinning (self->spinner, busy);

  /* The focus leaves the entry before it goes insensitive, and comes back after. */
  if (busy)
    gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !busy);
  gtk_widget_set_sensitive (self->portal_box, !busy);
  if (!busy && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
eonay_code_page_set_error (EonayCodePage *self, const GError *error)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_advice_box_set_error (self->advice, error);
  eonay_code_entry_set_wrong (self->entry, error != NULL && error->domain == EONAY_SESSION_ERROR);
}

char *
eonay_code_page_read (EonayCodePage *self, EonayPortalProfile **profile, GError **error)
{
  const char *id;
  g_autofree char *code = NULL;

  g_return_val_if_fail (EONAY_IS_CODE_PAGE (self), NULL);

  code = eonay_code_parse (eonay_code_entry_get_text (self->entry), NULL, error);
  if (code == NULL)
    return NULL;

  /* The code of one portal is no other's business. */
  id = eonay_code_entry_get_portal_id (self->entry);
  *profile = id == NULL || choose_portal (self, id) ? eonay_code_page_get_portal (self) : NULL;
  if (*profile == NULL)
    {
      set_no_such_portal (error);
      return NULL;
    }

  return g_steal_pointer (&code);
}

void
eonay_code_page_fill (EonayCodePage *self, const char *text)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_code_page_set_text (self, text);
  check_link_portal (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
eonay_code_page_set_text (EonayCodePage *self, const char *text)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_code_entry_set_text (self->entry, text);
  edited_cb (self);
}

void
eonay_code_page_paste (EonayCodePage *self)
{
  g_return_if_fail (EONAY_IS_CODE_PAGE (self));

  eonay_code_entry_paste (self->entry);
}
