#include "app/card/eonay-card-sight.h"
#include "base/eonay-error.h"

static void
test_service_comes_first (void)
{
  const EonayReaderState failed[] = { EONAY_READER_FAILED };

  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_STARTING, failed, 1), ==,
                   EONAY_CARD_SIGHT_STARTING);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_MISSING, failed, 1), ==,
                   EONAY_CARD_SIGHT_NO_SERVICE);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_DENIED, failed, 1), ==,
                   EONAY_CARD_SIGHT_NO_ACCESS);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_MISMATCH, failed, 1), ==,
                   EONAY_CARD_SIGHT_OTHER_SERVICE);
}

static void
test_card_without_service (void)
{
  const EonayReaderState states[] = { EONAY_READER_FAILED, EONAY_READER_READY };

  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_STARTING, states, 2), ==,
                   EONAY_CARD_SIGHT_STARTING);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_MISSING, states, 2), ==,
                   EONAY_CARD_SIGHT_READY);
}

static void
test_best_reader_counts (void)
{
  const EonayReaderState states[] = { EONAY_READER_EMPTY, EONAY_READER_FAILED, EONAY_READER_READING,
                                      EONAY_READER_READY };

  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_RUNNING, NULL, 0), ==,
                   EONAY_CARD_SIGHT_NO_READER);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_RUNNING, states, 1), ==,
                   EONAY_CARD_SIGHT_EMPTY);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_RUNNING, states, 2), ==,
                   EONAY_CARD_SIGHT_FAILED);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_RUNNING, states, 3), ==,
                   EONAY_CARD_SIGHT_READING);
  g_assert_cmpint (eonay_card_sight_of (EONAY_SERVICE_RUNNING, states, 4), ==,
                   EONAY_CARD_SIGHT_READY);
}

static void
test_words (void)
{
  g_autofree char *one = eonay_card_sight_describe (EONAY_CARD_SIGHT_READY, "AYŞE DENEME", "AKİS",
                                                    1);
  g_autofree char *two = eonay_card_sight_describe (EONAY_CARD_SIGHT_READY, "AYŞE DENEME", "AKİS",
                                                    2);
  g_autofree char *none = eonay_card_sight_describe (EONAY_CARD_SIGHT_READY, NULL, "AKİS", 1);
  g_autofree char *empty = eonay_card_sight_describe (EONAY_CARD_SIGHT_EMPTY, NULL, NULL, 0);

  g_assert_cmpstr (one, ==, "AYŞE DENEME · AKİS");
  g_assert_cmpstr (two, ==, "2 cards");
  g_assert_cmpstr (none, ==, "No certificate on the card · AKİS");
  g_assert_cmpstr (empty, ==, "Insert your card");
}

static void
test_each_sight_has_words_and_icon (void)
{
  for (EonayCardSight sight = EONAY_CARD_SIGHT_STARTING; sight <= EONAY_CARD_SIGHT_READY; sight++) {
    g_autofree char *text = eonay_card_sight_describe (sight, "H", "M", 1);

    g_assert_cmpuint (g_utf8_strlen (text, -1), >, 3);
    g_assert_true (g_str_has_suffix (eonay_card_sight_get_icon (sight), "-symbolic"));
  }
}

static void
test_errors (void)
{
  g_autoptr (GError) busy = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_BUSY, "x");
  const struct {
    EonayCardSight sight;
    EonayCardError code;
  } cases[] = {
    { EONAY_CARD_SIGHT_NO_SERVICE, EONAY_CARD_ERROR_NO_SERVICE },
    { EONAY_CARD_SIGHT_NO_ACCESS, EONAY_CARD_ERROR_ACCESS_DENIED },
    { EONAY_CARD_SIGHT_OTHER_SERVICE, EONAY_CARD_ERROR_SERVICE_MISMATCH },
    { EONAY_CARD_SIGHT_NO_READER, EONAY_CARD_ERROR_NO_READER },
    { EONAY_CARD_SIGHT_FAILED, EONAY_CARD_ERROR_BUSY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = eonay_card_sight_dup_error (cases[i].sight, busy);

    g_assert_error (error, EONAY_CARD_ERROR, (int) cases[i].code);
  }
  g_assert_null (eonay_card_sight_dup_error (EONAY_CARD_SIGHT_READY, busy));
  g_assert_null (eonay_card_sight_dup_error (EONAY_CARD_SIGHT_EMPTY, NULL));
}

static void
test_way (void)
{
  g_autofree char *native = eonay_card_sight_describe_way ("AYŞE · AKİS v1.2", "Okuyucu 00", "");
  g_autofree char *module =
      eonay_card_sight_describe_way ("AYŞE · AKİS v3", "Okuyucu 00", "/usr/lib/libakisp11.so");

  g_assert_cmpstr (native, ==, "AYŞE · AKİS v1.2\nOkuyucu 00\nWithout a driver");
  g_assert_cmpstr (module, ==,
                   "AYŞE · AKİS v3\nOkuyucu 00\nThrough the module /usr/lib/libakisp11.so");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/card-sight/service-comes-first", test_service_comes_first);
  g_test_add_func ("/app/card-sight/card-without-service", test_card_without_service);
  g_test_add_func ("/app/card-sight/best-reader-counts", test_best_reader_counts);
  g_test_add_func ("/app/card-sight/words", test_words);
  g_test_add_func ("/app/card-sight/way", test_way);
  g_test_add_func ("/app/card-sight/errors", test_errors);
  g_test_add_func ("/app/card-sight/each-has-words-and-icon", test_each_sight_has_words_and_icon);

  return g_test_run ();
}
