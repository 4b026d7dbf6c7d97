#include "app/practice/eonay-practice-phone.h"

#include <glib/gi18n-lib.h>

struct _EonayPracticePhone {
  GtkBox parent_instance;

  GtkLabel *word;
  GtkWidget *message;
  GtkLabel *sms;

  EonayPracticeController *controller;
};

G_DEFINE_FINAL_TYPE (EonayPracticePhone, eonay_practice_phone, GTK_TYPE_BOX)

static void
eonay_practice_phone_dispose (GObject *object)
{
  g_clear_object (&EONAY_PRACTICE_PHONE (object)->controller);

  G_OBJECT_CLASS (eonay_practice_phone_parent_class)->dispose (object);
}

static void
eonay_practice_phone_class_init (EonayPracticePhoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_practice_phone_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-practice-phone.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPracticePhone, word);
  gtk_widget_class_bind_template_child (widget_class, EonayPracticePhone, message);
  gtk_widget_class_bind_template_child (widget_class, EonayPracticePhone, sms);
}

static void
eonay_practice_phone_init (EonayPracticePhone *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (EonayPracticePhone *self)
{
  const char *word = self->controller == NULL
                         ? NULL
                         : eonay_practice_controller_get_security_word (self->controller);
  const char *sms = word == NULL ? NULL : eonay_practice_controller_get_sms (self->controller);

  if (word != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Practice security word: %s"), word);

      gtk_label_set_label (self->word, text);
    }
  if (sms != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("SMS: %s"), sms);

      gtk_label_set_label (self->sms, text);
    }

  gtk_widget_set_visible (self->message, sms != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), word != NULL);
}

void
eonay_practice_phone_set_controller (EonayPracticePhone *self, EonayPracticeController *controller)
{
  g_return_if_fail (EONAY_IS_PRACTICE_PHONE (self));

  if (self->controller != NULL)
    g_signal_handlers_disconnect_by_data (self->controller, self);
  if (g_set_object (&self->controller, controller) && controller != NULL)
    g_signal_connect_object (controller, "phone-changed", G_CALLBACK (show), self,
                             G_CONNECT_SWAPPED);
  show (self);
}
