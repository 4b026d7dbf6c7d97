#include "app/card/eonay-card-status.h"
#include "base/eonay-error.h"

static void
test_service_comes_first (void)
{
  const EonayReaderState failed[] = { EONAY_READER_FAILED };

  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_STARTING, failed, 1), ==,
                   EONAY_CARD_STATUS_STARTING);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_MISSING, failed, 1), ==,
                   EONAY_CARD_STATUS_NO_SERVICE);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_DENIED, failed, 1), ==,
                   EONAY_CARD_STATUS_NO_ACCESS);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_MISMATCH, failed, 1), ==,
                   EONAY_CARD_STATUS_OTHER_SERVICE);
}

static void
test_card_without_service (void)
{
  const EonayReaderState states[] = { EONAY_READER_FAILED, EONAY_READER_READY };

  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_STARTING, states, 2), ==,
                   EONAY_CARD_STATUS_STARTING);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_MISSING, states, 2), ==,
                   EONAY_CARD_STATUS_READY);
}

static void
test_best_reader_counts (void)
{
  const EonayReaderState states[] = { EONAY_READER_EMPTY, EONAY_READER_FAILED, EONAY_READER_READING,
                                      EONAY_READER_READY };

  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_RUNNING, NULL, 0), ==,
                   EONAY_CARD_STATUS_NO_READER);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_RUNNING, states, 1), ==,
                   EONAY_CARD_STATUS_EMPTY);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_RUNNING, states, 2), ==,
                   EONAY_CARD_STATUS_FAILED);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_RUNNING, states, 3), ==,
                   EONAY_CARD_STATUS_READING);
  g_assert_cmpint (eonay_card_status_of (EONAY_SERVICE_RUNNING, states, 4), ==,
                   EONAY_CARD_STATUS_READY);
}

static void
test_words (void)
{
  g_autofree char *one = eonay_card_status_describe (EONAY_CARD_STATUS_READY, "AYŞE DENEME", "AKİS",
                                                     1);
  g_autofree char *two = eonay_card_status_describe (EONAY_CARD_STATUS_READY, "AYŞE DENEME", "AKİS",
                                                     2);
  g_autofree char *none = eonay_card_status_describe (EONAY_CARD_STATUS_READY, NULL, "AKİS", 1);
  g_autofree char *empty = eonay_card_status_describe (EONAY_CARD_STATUS_EMPTY, NULL, NULL, 0);

  g_assert_cmpstr (one, ==, "AYŞE DENEME · AKİS");
  g_assert_cmpstr (two, ==, "2 cards");
  g_assert_cmpstr (none, ==, "No certificate on the card · AKİS");
  g_assert_cmpstr (empty, ==, "Insert your card");
}

static void
test_each_status_has_words_and_icon (void)
{
  for (EonayCardStatus card_status = EONAY_CARD_STATUS_STARTING;
       card_status <= EONAY_CARD_STATUS_READY; card_status++)
    {
      g_autofree char *text = eonay_card_status_describe (card_status, "H", "M", 1);

      g_assert_cmpuint (g_utf8_strlen (text, -1), >, 3);
      g_assert_true (g_str_has_suffix (eonay_card_status_get_icon (card_status), "-symbolic"));
    }
}

static void
test_errors (void)
{
  g_autoptr (GError) busy = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY, "x");
  const struct {
    EonayCardStatus card_status;
    EonayCardError code;
  } cases[] = {
    { EONAY_CARD_STATUS_NO_SERVICE, EONAY_CARD_ERROR_NO_SERVICE },
    { EONAY_CARD_STATUS_NO_ACCESS, EONAY_CARD_ERROR_ACCESS_DENIED },
    { EONAY_CARD_STATUS_OTHER_SERVICE, EONAY_CARD_ERROR_SERVICE_MISMATCH },
    { EONAY_CARD_STATUS_NO_READER, EONAY_CARD_ERROR_NO_READER },
    { EONAY_CARD_STATUS_FAILED, EONAY_CARD_ERROR_BUSY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = eonay_card_status_dup_error (cases[i].card_status, busy);

      g_assert_error (error, EONAY_CARD_ERROR, (int) cases[i].code);
    }
  g_assert_null (eonay_card_status_dup_error (EONAY_CARD_STATUS_READY, busy));
  g_assert_null (eonay_card_status_dup_error (EONAY_CARD_STATUS_EMPTY, NULL));
}

static void
test_backend (void)
{
  g_autofree char *native = eonay_card_status_describe_backend ("AYŞE · AKİS v1.2", "Okuyucu 00",
                                                                NULL);
  g_autofree char *module = eonay_card_status_describe_backend ("AYŞE · AKİS v3", "Okuyucu 00",
                                                                "/usr/lib/libakisp11.so");

  g_assert_cmpstr (native, ==, "AYŞE · AKİS v1.2\nOkuyucu 00\nWithout a driver");
  g_assert_cmpstr (module, ==,
                   "AYŞE · AKİS v3\nOkuyucu 00\nThrough the module /usr/lib/libakisp11.so");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/card-status/service-comes-first", test_service_comes_first);
  g_test_add_func ("/app/card-status/card-without-service", test_card_without_service);
  g_test_add_func ("/app/card-status/best-reader-counts", test_best_reader_counts);
  g_test_add_func ("/app/card-status/words", test_words);
  g_test_add_func ("/app/card-status/backend", test_backend);
  g_test_add_func ("/app/card-status/errors", test_errors);
  g_test_add_func ("/app/card-status/each-has-words-and-icon", test_each_status_has_words_and_icon);

  return g_test_run ();
}
