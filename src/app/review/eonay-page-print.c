#include "app/review/eonay-page-print.h"

#include <math.h>
#include <string.h>

#include "app/document/eonay-page-source.h"

#define POINTS_AN_INCH 72.0
#define DOTS_AN_INCH 300.0

/* How far a page may be from a size of paper that is known by its name, in points. */
#define TOLERANCE 3.0

/* Of what asks for it: GCancellable. */
#define OPENING_KEY "eonay-print-opening"

#define JOB_KEY "eonay-page-print"

typedef struct {
  EonayPageSource *source;
  GArray *sizes; /* EonayPageSize */
  GError *error;
} Job;

/* A page that is being drawn. */
typedef struct {
  GtkPrintOperation *operation;
  GtkPrintContext *context;
  guint page;
} Drawing;

static void
job_free (gpointer user_data)
{
  Job *job = user_data;

  g_object_unref (job->source);
  g_clear_pointer (&job->sizes, g_array_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static Job *
get_job (GtkPrintOperation *operation)
{
  return g_object_get_data (G_OBJECT (operation), JOB_KEY);
}

static const EonayPageSize *
get_size (const Job *job, guint page)
{
  return &g_array_index (job->sizes, EonayPageSize, page);
}

/* Returns: (transfer full): of a page that stands upright */
static GtkPaperSize *
find_paper (double width, double height)
{
  static const char *const names[] = { GTK_PAPER_NAME_A4, GTK_PAPER_NAME_A3, GTK_PAPER_NAME_A5,
                                       GTK_PAPER_NAME_LETTER };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkPaperSize *paper = gtk_paper_size_new (names[i]);

      if (fabs (gtk_paper_size_get_width (paper, GTK_UNIT_POINTS) - width) < TOLERANCE &&
          fabs (gtk_paper_size_get_height (paper, GTK_UNIT_POINTS) - height) < TOLERANCE)
        return paper;
      gtk_paper_size_free (paper);
    }

  return gtk_paper_size_new_custom ("eonay-page", "PDF", width, height, GTK_UNIT_POINTS);
}

static void
set_up_page (GtkPageSetup *setup, const EonayPageSize *size)
{
  gboolean is_wide = size->width > size->height;
  g_autoptr (GtkPaperSize) paper = find_paper (MIN (size->width, size->height),
                                               MAX (size->width, size->height));

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_orientation (setup, is_wide ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                 : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
}

static void
page_setup_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page,
               GtkPageSetup *setup, gpointer user_data)
{
  set_up_page (setup, get_size (get_job (operation), (guint) page));
}

/* A large page is drawn as finely as a picture may be. */
static double
choose_scale (const EonayPageSize *size)
{
  double finest = sqrt (EONAY_PAGE_PIXELS_MAX / ((size->width + 1) * (size->height + 1)));

  return MIN (DOTS_AN_INCH / POINTS_AN_INCH, finest);
}

/* Returns: (transfer full): paper has no transparency, and without it a picture is smaller */
static cairo_surface_t *
make_picture (const EonayPageAnswer *answer)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, answer->width,
                                                         answer->height);
  const guint8 *pixel = g_bytes_get_data (answer->pixels, NULL);
  guint8 *row = cairo_image_surface_get_data (picture);

  for (int y = 0; row != NULL && y < answer->height;
       y++, row += cairo_image_surface_get_stride (picture))
    for (int x = 0; x < answer->width; x++, pixel += EONAY_PAGE_PIXEL_SIZE)
      {
        guint32 color = ((guint32) pixel[0] << 16) | ((guint32) pixel[1] << 8) | pixel[2];

        memcpy (row + (gsize) x * sizeof color, &color, sizeof color);
      }
  cairo_surface_mark_dirty (picture);

  return picture;
}

static void
paint (const Drawing *drawing, const EonayPageAnswer *answer)
{
  const EonayPageSize *size = get_size (get_job (drawing->operation), drawing->page);
  cairo_t *cairo = gtk_print_context_get_cairo_context (drawing->context);
  cairo_surface_t *picture = make_picture (answer);

  cairo_save (cairo);
  cairo_scale (cairo, size->width / answer->width, size->height / answer->height);
  cairo_set_source_surface (cairo, picture, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (picture);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Drawing *drawing = user_data;
  g_autoptr (GtkPrintOperation) operation = drawing->operation;
  g_autoptr (GtkPrintContext) context = drawing->context;
  Job *job = get_job (operation);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);

  if (answer != NULL)
    paint (drawing, answer);
  else if (job->error == NULL)
    {
      job->error = g_steal_pointer (&error);
      gtk_print_operation_cancel (operation);
    }
  gtk_print_operation_draw_page_finish (operation);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  Job *job = get_job (operation);
  const EonayPageSize *size = get_size (job, (guint) page);
  double scale = choose_scale (size);
  EonayPageRequest *request = eonay_page_request_new (EONAY_PAGE_ASK_DRAW);
  Drawing *drawing = g_new (Drawing, 1);

  request->page = (guint) page;
  request->scale = scale;
  request->width = MAX ((int) (size->width * scale), 1);
  request->height = MAX ((int) (size->height * scale), 1);
  request->print = TRUE;
  *drawing = (Drawing){ g_object_ref (operation), g_object_ref (context), (guint) page };
  gtk_print_operation_set_defer_drawing (operation);
  eonay_page_source_ask_async (job->source, request, G_PRIORITY_DEFAULT, NULL, on_drawn, drawing);
}

/* @job: (transfer full) */
static GtkPrintOperation *
new_operation (Job *job, const char *title)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  set_up_page (setup, get_size (job, 0));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int) job->sizes->len);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (page_setup_cb), NULL);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), NULL);
  g_object_set_data_full (G_OBJECT (operation), JOB_KEY, job, job_free);

  return operation;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);
  Job *job;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  job = g_new0 (Job, 1);
  job->source = g_object_ref (EONAY_PAGE_SOURCE (source));
  job->sizes = g_array_ref (answer->sizes);
  g_task_return_pointer (task, new_operation (job, g_task_get_task_data (task)), g_object_unref);
}

void
eonay_page_print_new_async (GBytes *document, const char *title, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (EonayPageSource) source = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (document != NULL && title != NULL);

  source = eonay_page_source_new (document);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_page_print_new_async);
  g_task_set_task_data (task, g_strdup (title), g_free);
  eonay_page_source_ask_async (source, eonay_page_request_new (EONAY_PAGE_ASK_OPEN),
                               G_PRIORITY_DEFAULT, cancellable, on_opened, g_steal_pointer (&task));
}

GtkPrintOperation *
eonay_page_print_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const GError *
eonay_page_print_get_error (GtkPrintOperation *operation)
{
  g_return_val_if_fail (GTK_IS_PRINT_OPERATION (operation), NULL);

  return get_job (operation)->error;
}

/* Of a wish to print. */
typedef struct {
  GtkWidget *widget; /* (weak) */
  EonayPagePrintFailed failed;
} Asked;

static void
asked_free (Asked *self)
{
  g_clear_weak_pointer (&self->widget);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
fail (const Asked *self, const GError *error)
{
  if (self->widget != NULL)
    self->failed (self->widget, error);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  const GError *error = eonay_page_print_get_error (operation);
  g_autoptr (GError) failure = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR && error == NULL)
    gtk_print_operation_get_error (operation, &failure);
  if (error != NULL || failure != NULL)
    fail (asked, error != NULL ? error : failure);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintOperation) operation = eonay_page_print_new_finish (result, &error);
  GtkRoot *window = asked->widget != NULL ? gtk_widget_get_root (asked->widget) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !GTK_IS_WINDOW (window))
    return;

  if (operation == NULL)
    {
      fail (asked, error);
      return;
    }

  g_signal_connect (operation, "done", G_CALLBACK (printed_cb), g_steal_pointer (&asked));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window),
                           NULL);
}

static void
take_back (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
}

void
eonay_page_print_ask (GtkWidget *widget, GBytes *document, const char *title,
                      EonayPagePrintFailed failed)
{
  GCancellable *opening;
  Asked *asked;

  g_return_if_fail (GTK_IS_WIDGET (widget) && failed != NULL);

  opening = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (widget), OPENING_KEY, opening, take_back);
  asked = g_new0 (Asked, 1);
  asked->failed = failed;
  g_set_weak_pointer (&asked->widget, widget);
  eonay_page_print_new_async (document, title, opening, on_ready, asked);
}
