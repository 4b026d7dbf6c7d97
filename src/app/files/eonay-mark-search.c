#include "app/files/eonay-mark-search.h"

#include <math.h>

#include "app/files/eonay-page-ink.h"
#include "session/files/eonay-mark-proposal.h"

/* After what is in view; before what nobody waits for. */
#define PRIORITY 2

/* Pixels for a point, in which a thin line leaves a trace; and pixels of a picture. */
#define SCALE 0.5
#define PIXELS 500000.0

typedef struct {
  char *name;    /* (nullable): %NULL once it needs no looking for */
  GArray *sizes; /* of all pages */
  guint index;   /* of the page that is asked for */
  double scale;  /* of its picture */

  /* What is known of that page: */
  char *text;
  GArray *areas; /* EonayMarkProposalArea */
  EonayMarkProposalArea where;

  EonayMarkPlace place;
} Search;

static void
search_free (Search *self)
{
  g_free (self->name);
  g_free (self->text);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->areas, g_array_unref);
  g_free (self);
}

/* @task: (transfer full): @callback gets it */
static void
ask (GTask *task, EonayPageRequest *request, GAsyncReadyCallback callback)
{
  Search *self = g_task_get_task_data (task);

  request->page = self->index;
  eonay_page_source_ask_async (g_task_get_source_object (task), request, PRIORITY,
                               g_task_get_cancellable (task), callback, task);
}

/* Returns: (transfer full) (nullable): %NULL once @task has failed */
static EonayPageAnswer *
take_answer (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  EonayPageAnswer *answer = eonay_page_source_ask_finish (g_task_get_source_object (task), result,
                                                          &error);

  if (answer == NULL)
    g_task_return_error (task, error);

  return answer;
}

static EonayMarkProposalPage
describe (Search *self, GArray *ink)
{
  const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, self->index);

  return (EonayMarkProposalPage){ .width = size->width,
                                  .height = size->height,
                                  .text = self->text,
                                  .areas = (EonayMarkProposalArea *) (gpointer) self->areas->data,
                                  .n_areas = self->areas->len,
                                  .ink = (EonayMarkProposalArea *) (gpointer) ink->data,
                                  .n_ink = ink->len };
}

static void
keep_text (Search *self, const EonayPageAnswer *answer)
{
  g_free (self->text);
  self->text = g_strdup (answer->text);
  g_array_set_size (self->areas, 0);
  for (guint i = 0; i < answer->areas->len; i++)
    {
      const EonayPageArea *from = &g_array_index (answer->areas, EonayPageArea, i);
      EonayMarkProposalArea area = { from->x, from->y, from->width, from->height };

      g_array_append_val (self->areas, area);
    }
}

static gboolean
find_name (Search *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (EonayMarkProposalArea));
  EonayMarkProposalPage page = describe (self, none);

  return self->name != NULL && eonay_mark_proposal_find_name (&page, self->name, &self->where);
}

static void on_read (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_page (GTask *task, guint index)
{
  Search *self = g_task_get_task_data (task);

  self->index = index;
  ask (task, eonay_page_request_new (EONAY_PAGE_ASK_TEXT), on_read);
}

/* The name is found on the page, or needs no looking for any more: it is the last one. */
static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (EonayPageAnswer) answer = take_answer (task, result);
  EonayMarkSearchResult found = EONAY_MARK_SEARCH_NOTHING;
  g_autoptr (GArray) ink = NULL;
  EonayMarkProposalPage page;

  if (answer == NULL)
    return;

  ink = eonay_page_ink_list (answer, self->scale);
  page = describe (self, ink);
  self->place.page = self->index + 1;
  if (self->name != NULL && eonay_mark_proposal_put_under (&page, &self->where, &self->place))
    found = EONAY_MARK_SEARCH_UNDER_NAME;
  else if (self->name != NULL && self->index + 1 < self->sizes->len)
    {
      g_clear_pointer (&self->name, g_free);
      read_page (g_steal_pointer (&task), self->sizes->len - 1);
      return;
    }
  else if (eonay_mark_proposal_put_at_end (&page, &self->place))
    found = EONAY_MARK_SEARCH_AT_END;

  g_task_return_int (task, found);
}

static void
draw_page (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  const EonayPageSize *size = &g_array_index (self->sizes, EonayPageSize, self->index);
  EonayPageRequest *request = eonay_page_request_new (EONAY_PAGE_ASK_DRAW);

  self->scale = MIN (SCALE, sqrt (PIXELS / (size->width * size->height)));
  request->scale = self->scale;
  request->width = MAX (1, (int) (size->width * self->scale));
  request->height = MAX (1, (int) (size->height * self->scale));
  ask (task, request, on_drawn);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (EonayPageAnswer) answer = take_answer (task, result);
  guint n_read = self->sizes->len - self->index;

  if (answer == NULL)
    return;

  keep_text (self, answer);
  if (self->name == NULL || find_name (self))
    draw_page (g_steal_pointer (&task));
  else if (self->index > 0 && n_read < EONAY_MARK_SEARCH_PAGES)
    read_page (g_steal_pointer (&task), self->index - 1);
  else
    {
      g_clear_pointer (&self->name, g_free);
      read_page (g_steal_pointer (&task), self->sizes->len - 1);
    }
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *self = g_task_get_task_data (task);
  g_autoptr (EonayPageAnswer) answer = take_answer (task, result);

  if (answer == NULL)
    return;

  self->sizes = g_array_ref (answer->sizes);
  read_page (g_steal_pointer (&task), self->sizes->len - 1);
}

void
eonay_mark_search_find_async (EonayPageSource *source, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Search *self = g_new0 (Search, 1);

  self->name = g_strdup (name);
  self->areas = g_array_new (FALSE, FALSE, sizeof (EonayMarkProposalArea));
  g_task_set_source_tag (task, eonay_mark_search_find_async);
  g_task_set_task_data (task, self, (GDestroyNotify) search_free);
  ask (task, eonay_page_request_new (EONAY_PAGE_ASK_OPEN), on_opened);
}

EonayMarkSearchResult
eonay_mark_search_find_finish (GAsyncResult *result, EonayMarkPlace *place, GError **error)
{
  Search *self = g_task_get_task_data (G_TASK (result));
  gssize found = g_task_propagate_int (G_TASK (result), error);

  if (found <= EONAY_MARK_SEARCH_NOTHING)
    return EONAY_MARK_SEARCH_NOTHING;
  *place = self->place;

  return (EonayMarkSearchResult) found;
}
