#include "app/history/eonay-history-print.h"

#include <glib/gi18n-lib.h>

#include "session/eonay-words.h"
#include "session/history/eonay-history-table.h"

/* Points. */
#define TEXT_SIZE 8
#define SMALL_SIZE 6
#define TITLE_SIZE 12
#define GAP 6
#define PADDING 3
#define SCOPE_TOP 16
#define TITLE_HEIGHT 30
#define FOOT_HEIGHT 20
#define MARGIN_MM 12

/* How many rows are measured between two looks at the screen. */
#define STRIDE 100

/* What a cell says: a line in the usual size, and a small one below it. */
typedef struct {
  double share; /* of the width */
  EonayHistoryColumn head;
  EonayHistoryColumn small;
} Cell;

static const Cell cells[] = {
  { 0.12, EONAY_HISTORY_COLUMN_TIME, EONAY_HISTORY_N_COLUMNS },
  { 0.18, EONAY_HISTORY_COLUMN_OPERATION, EONAY_HISTORY_COLUMN_PORTAL },
  { 0.29, EONAY_HISTORY_COLUMN_DOCUMENT, EONAY_HISTORY_COLUMN_DIGEST },
  { 0.24, EONAY_HISTORY_COLUMN_SERIAL, EONAY_HISTORY_COLUMN_ISSUER },
  { 0.17, EONAY_HISTORY_COLUMN_OUTCOME, EONAY_HISTORY_COLUMN_RECEIPT },
};

typedef struct {
  GPtrArray *entries;
  gboolean practice;
  char *scope; /* NULL if it is all that there is */
  char *printed_at;
  GArray *pages; /* guint: the first row of each */
  guint measured;
  double used; /* of the last page */
  double head_height;
} Table;

static void
table_free (gpointer user_data)
{
  Table *self = user_data;

  g_ptr_array_unref (self->entries);
  g_array_unref (self->pages);
  g_free (self->scope);
  g_free (self->printed_at);
  g_free (self);
}

static PangoLayout *
new_layout (GtkPrintContext *context, const char *text, double size, gboolean bold, double width)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, "Sans");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);

  return layout;
}

/** Returns: the height of @text, which is drawn where @cairo is, unless that is %NULL */
static double
put_text (GtkPrintContext *context, cairo_t *cairo, double x, double y, const char *text,
          double size, gboolean bold, double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (text[0] == '\0')
    return 0;

  layout = new_layout (context, text, size, bold, width);
  pango_layout_get_size (layout, NULL, &height);
  if (cairo != NULL)
    {
      cairo_move_to (cairo, x, y);
      pango_cairo_show_layout (cairo, layout);
    }

  return (double) height / PANGO_SCALE;
}

/** Returns: the height of a row; of the heads if @entry is %NULL */
static double
put_row (GtkPrintContext *context, cairo_t *cairo, double y, EonayHistoryEntry *entry)
{
  double width = gtk_print_context_get_width (context);
  double height = 0;
  double x = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      double cell_width = width * cells[i].share - GAP;
      g_autofree char *text = NULL;
      g_autofree char *small = NULL;
      double cell_height;

      text = entry != NULL ? eonay_history_column_read (cells[i].head, entry)
                           : g_strdup (eonay_history_column_describe (cells[i].head));
      if (cells[i].small != EONAY_HISTORY_N_COLUMNS)
        small = entry != NULL ? eonay_history_column_read (cells[i].small, entry)
                              : g_strdup (eonay_history_column_describe (cells[i].small));
      if (entry != NULL && cells[i].head == EONAY_HISTORY_COLUMN_OUTCOME && entry->code != NULL)
        {
          char *with_code = g_strdup_printf ("%s (%s)", text, entry->code);

          g_free (text);
          text = with_code;
        }

      cell_height = put_text (context, cairo, x, y + PADDING, text, TEXT_SIZE, entry == NULL,
                              cell_width);
      if (small != NULL)
        cell_height += put_text (context, cairo, x, y + PADDING + cell_height, small, SMALL_SIZE,
                                 FALSE, cell_width);
      height = MAX (height, cell_height);
      x += width * cells[i].share;
    }

  return height + 2 * PADDING;
}

static double
room_of_page (GtkPrintContext *context, const Table *table)
{
  return gtk_print_context_get_height (context) - TITLE_HEIGHT - FOOT_HEIGHT - table->head_height;
}

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Table *table = user_data;

  table->measured = 0;
  table->used = 0;
  table->head_height = put_row (context, NULL, 0, NULL);
  g_array_set_size (table->pages, 0);
  g_array_append_val (table->pages, table->measured);
}

static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Table *table = user_data;
  double room = room_of_page (context, table);
  guint end = MIN (table->measured + STRIDE, table->entries->len);

  for (; table->measured < end; table->measured++)
    {
      double height = put_row (context, NULL, 0, table->entries->pdata[table->measured]);

      if (table->used > 0 && table->used + height > room)
        {
          g_array_append_val (table->pages, table->measured);
          table->used = 0;
        }
      table->used += height;
    }

  if (table->measured < table->entries->len)
    return FALSE;

  gtk_print_operation_set_n_pages (operation, (int) table->pages->len);

  return TRUE;
}

static void
draw_line (GtkPrintContext *context, cairo_t *cairo, double y, double grey)
{
  cairo_save (cairo);
  cairo_set_source_rgb (cairo, grey, grey, grey);
  cairo_set_line_width (cairo, 0.5);
  cairo_move_to (cairo, 0, y);
  cairo_line_to (cairo, gtk_print_context_get_width (context), y);
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

static void
draw_title (GtkPrintContext *context, cairo_t *cairo, const Table *table)
{
  put_text (context, cairo, 0, 0,
            table->practice ? _ ("e-Onay · History · PRACTICE, signatures are not valid")
                            : _ ("e-Onay · History"),
            TITLE_SIZE, TRUE, 0);
  if (table->scope != NULL)
    put_text (context, cairo, 0, SCOPE_TOP, table->scope, TEXT_SIZE, FALSE, 0);
}

static void
draw_at_end (GtkPrintContext *context, cairo_t *cairo, double y, const char *text)
{
  g_autoptr (PangoLayout) layout = new_layout (context, text, TEXT_SIZE, FALSE, 0);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (cairo, gtk_print_context_get_width (context) - (double) width / PANGO_SCALE, y);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  Table *table = user_data;
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  guint first = g_array_index (table->pages, guint, page);
  guint end = (guint) page + 1 < table->pages->len ? g_array_index (table->pages, guint, page + 1)
                                                   : table->entries->len;
  double y = TITLE_HEIGHT;
  g_autofree char *foot = g_strdup_printf (_ ("Page %d of %u"), page + 1, table->pages->len);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_title (context, cairo, table);
  draw_at_end (context, cairo, 0, table->printed_at);

  put_row (context, cairo, y, NULL);
  y += table->head_height;
  draw_line (context, cairo, y, 0);
  for (guint i = first; i < end; i++)
    {
      y += put_row (context, cairo, y, table->entries->pdata[i]);
      draw_line (context, cairo, y, 0.75);
    }
  draw_at_end (context, cairo, gtk_print_context_get_height (context) - TEXT_SIZE * 1.5, foot);
}

GtkPrintOperation *
eonay_history_print_new (GPtrArray *entries, const char *scope, gboolean practice)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Table *table = g_new0 (Table, 1);

  /* Pages are counted before they are drawn, and a window may search meanwhile. */
  table->entries = g_ptr_array_new_full (entries->len, g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (table->entries, g_object_ref (entries->pdata[i]));
  table->scope = g_strdup (scope);
  table->practice = practice;
  table->printed_at = eonay_words_time (now);
  table->pages = g_array_new (FALSE, FALSE, sizeof (guint));

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _ ("History"));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), table);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), table);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), table);
  g_object_set_data_full (G_OBJECT (operation), "table", table, table_free);

  return operation;
}
