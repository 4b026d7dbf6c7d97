#include "fuzz-target.h"

#include <math.h>

#include "app/document/wire/eonay-page-answer.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame.h"

#define N_PAGES 16

/* A request is asked as it was read. */
static void
check_request (const EonayPageRequest *request)
{
  g_autoptr (GVariant) frame = g_variant_ref_sink (eonay_page_request_encode (request));
  g_autoptr (EonayPageRequest) again = eonay_page_request_decode (frame);

  g_assert_nonnull (again);
  g_assert_cmpint (again->ask, <=, EONAY_PAGE_ASK_LAST);
  if (request->ask != EONAY_PAGE_ASK_DRAW)
    return;

  g_assert_true (request->width > 0 && request->height > 0);
  g_assert_cmpint ((gint64) request->width * request->height, <=, EONAY_PAGE_PIXELS_MAX);
  g_assert_true (request->scale > 0 && request->scale <= EONAY_PAGE_SCALE_MAX);
}

static void
check_area (const EonayPageArea *area)
{
  g_assert_true (isfinite (area->x) && isfinite (area->y));
  g_assert_true (area->width >= 0 && area->height >= 0);
}

static void
check_lists (const EonayPageAnswer *answer)
{
  for (guint i = 0; answer->sizes != NULL && i < answer->sizes->len; i++)
    g_assert_true (g_array_index (answer->sizes, EonayPageSize, i).width > 0);
  for (guint i = 0; answer->areas != NULL && i < answer->areas->len; i++)
    check_area (&g_array_index (answer->areas, EonayPageArea, i));
  for (guint i = 0; answer->matches != NULL && i < answer->matches->len; i++)
    g_assert_cmpuint (g_array_index (answer->matches, EonayPageMatch, i).page, <, N_PAGES);
  for (guint i = 0; answer->links != NULL && i < answer->links->len; i++)
    {
      const EonayPageLink *link = answer->links->pdata[i];

      check_area (&link->area);
      g_assert_true (g_utf8_validate (link->target, -1, NULL));
    }
  for (guint i = 0; answer->fonts != NULL && answer->fonts[i] != NULL; i++)
    g_assert_true (g_utf8_validate (answer->fonts[i], -1, NULL));
}

/* An answer that is accepted goes over the pipe as it came, but for what is cleaned of its texts. */
static void
check_answer (const EonayPageRequest *request, const EonayPageAnswer *answer)
{
  g_autoptr (GVariant) first = g_variant_ref_sink (eonay_page_answer_encode (answer, request->ask));
  g_autoptr (EonayPageAnswer) again = eonay_page_answer_decode (request, N_PAGES, first);
  g_autoptr (GVariant) second = NULL;

  g_assert_nonnull (again);
  second = g_variant_ref_sink (eonay_page_answer_encode (again, request->ask));
  g_assert_true (g_variant_equal (first, second));
  if (answer->error == NULL)
    check_lists (answer);
  else
    g_assert_true (answer->error->domain == EONAY_PAGE_ERROR);
}

/* The first byte: which question the frame behind it answers; beyond them it is a request itself. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  EonayPageRequest request = { .n_pages = N_PAGES, .width = 32, .height = 16 };
  g_autoptr (GBytes) frame = length > 1 ? g_bytes_new (bytes + 1, length - 1) : NULL;
  g_autoptr (GVariant) value = NULL;

  if (frame == NULL)
    return 0;

  if (bytes[0] > EONAY_PAGE_ASK_LAST)
    {
      g_autoptr (EonayPageRequest) read = NULL;

      value = eonay_frame_open (EONAY_PAGE_REQUEST_TYPE, frame);
      read = value != NULL ? eonay_page_request_decode (value) : NULL;
      if (read != NULL)
        check_request (read);
    }
  else
    {
      g_autoptr (EonayPageAnswer) answer = NULL;

      request.ask = (EonayPageAsk) bytes[0];
      value = eonay_frame_open (EONAY_PAGE_ANSWER_TYPE, frame);
      answer = value != NULL ? eonay_page_answer_decode (&request, N_PAGES, value) : NULL;
      if (answer != NULL)
        check_answer (&request, answer);
    }

  return 0;
}
