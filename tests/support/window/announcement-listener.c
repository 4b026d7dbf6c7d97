#include <gtk/gtk.h>

#if GTK_CHECK_VERSION(4, 14, 0)

/* GTK's, called by its own name: its accessible objects for tests, unlike those for a desktop, crash at
   an announcement. What is said becomes the description of who says it, as before 4.14. */
void
gtk_accessible_announce (GtkAccessible *self, const char *message,
                         GtkAccessibleAnnouncementPriority priority)
{
  gtk_accessible_update_property (self, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

#endif
