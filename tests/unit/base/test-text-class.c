#include "base/eonay-text-class.h"

#include <string.h>

static const struct {
  gunichar c;
  EonayTextClass class;
} cases[] = {
  { 'a', EONAY_TEXT_CLASS_ORDINARY },
  { 0x20, EONAY_TEXT_CLASS_ORDINARY },
  { 0xa0, EONAY_TEXT_CLASS_ORDINARY },
  { 0x202f, EONAY_TEXT_CLASS_ORDINARY },
  { 0x131, EONAY_TEXT_CLASS_ORDINARY },
  { 0x307, EONAY_TEXT_CLASS_ORDINARY },
  { 0x6f22, EONAY_TEXT_CLASS_ORDINARY },
  { 0xfffd, EONAY_TEXT_CLASS_ORDINARY },
  { 0x27e6, EONAY_TEXT_CLASS_ORDINARY },
  { 0x1f600, EONAY_TEXT_CLASS_ORDINARY },
  { 0, EONAY_TEXT_CLASS_CONTROL },
  { '\n', EONAY_TEXT_CLASS_CONTROL },
  { 0x1b, EONAY_TEXT_CLASS_CONTROL },
  { 0x7f, EONAY_TEXT_CLASS_CONTROL },
  { 0x9b, EONAY_TEXT_CLASS_CONTROL },
  { 0x61c, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x200e, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x202e, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x2069, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x5d0, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0x627, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xfe8d, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0x1e900, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xad, EONAY_TEXT_CLASS_FORMAT },
  { 0x34f, EONAY_TEXT_CLASS_FORMAT },
  { 0x180e, EONAY_TEXT_CLASS_FORMAT },
  { 0x200b, EONAY_TEXT_CLASS_FORMAT },
  { 0x2065, EONAY_TEXT_CLASS_FORMAT },
  { 0x206f, EONAY_TEXT_CLASS_FORMAT },
  { 0xfe0f, EONAY_TEXT_CLASS_FORMAT },
  { 0xfeff, EONAY_TEXT_CLASS_FORMAT },
  { 0xfffb, EONAY_TEXT_CLASS_FORMAT },
  { 0xe01ef, EONAY_TEXT_CLASS_FORMAT },
  { 0x115f, EONAY_TEXT_CLASS_FILLER },
  { 0x1160, EONAY_TEXT_CLASS_FILLER },
  { 0x2800, EONAY_TEXT_CLASS_FILLER },
  { 0x3164, EONAY_TEXT_CLASS_FILLER },
  { 0xffa0, EONAY_TEXT_CLASS_FILLER },
  { 0x336, EONAY_TEXT_CLASS_OVERLAY },
  { 0x488, EONAY_TEXT_CLASS_OVERLAY },
  { 0x489, EONAY_TEXT_CLASS_OVERLAY },
  { 0x1abe, EONAY_TEXT_CLASS_OVERLAY },
  { 0x20dd, EONAY_TEXT_CLASS_OVERLAY },
  { 0xa670, EONAY_TEXT_CLASS_OVERLAY },
  { 0xa672, EONAY_TEXT_CLASS_OVERLAY },
  { 0xfffc, EONAY_TEXT_CLASS_OBJECT },
  { 0xe000, EONAY_TEXT_CLASS_PRIVATE_USE },
  { 0x10fffd, EONAY_TEXT_CLASS_PRIVATE_USE },
  { 0x378, EONAY_TEXT_CLASS_UNASSIGNED },
  { 0xd800, EONAY_TEXT_CLASS_UNASSIGNED },
  { 0xfdd0, EONAY_TEXT_CLASS_NONCHARACTER },
  { 0xffff, EONAY_TEXT_CLASS_NONCHARACTER },
  { 0x3fffe, EONAY_TEXT_CLASS_NONCHARACTER },
  { 0xe0001, EONAY_TEXT_CLASS_TAG },
  { 0xe0041, EONAY_TEXT_CLASS_TAG },
  { 0x2028, EONAY_TEXT_CLASS_SEPARATOR },
  { 0x2029, EONAY_TEXT_CLASS_SEPARATOR },
  { 0x3000, EONAY_TEXT_CLASS_SPACE },
  { 0x1680, EONAY_TEXT_CLASS_SPACE },
  { 0x2003, EONAY_TEXT_CLASS_SPACE },
  { 0x1bab, EONAY_TEXT_CLASS_FORMAT },
  { 0x1107f, EONAY_TEXT_CLASS_FORMAT },
  { 0x1193e, EONAY_TEXT_CLASS_FORMAT },
  { 0x11d45, EONAY_TEXT_CLASS_FORMAT },
  { 0x11d97, EONAY_TEXT_CLASS_FORMAT },
};

static void
test_characters (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (eonay_text_class_of (cases[i].c) != cases[i].class)
      g_error ("U+%04X has class %#x", cases[i].c, (guint) eonay_text_class_of (cases[i].c));
}

static void
test_marks (void)
{
  /* Turkish, Vietnamese and Greek in form D; then one mark too many, and none to carry it. */
  g_assert_cmpuint (eonay_text_class_scan ("I\u0307g\u0306u\u0308s\u0327a\u0323\u0302"), ==, 0);
  g_assert_cmpuint (eonay_text_class_scan ("\u03c9\u0314\u0342\u0345"), ==, 0);
  g_assert_cmpuint (eonay_text_class_scan ("a\u0301\u0301\u0301b\u0301\u0301\u0301"), ==, 0);
  g_assert_cmpuint (eonay_text_class_scan ("a\u0301\u0301\u0301\u0301"), ==,
                    EONAY_TEXT_CLASS_STACKED);
  g_assert_cmpuint (eonay_text_class_scan ("\u0301a"), ==, EONAY_TEXT_CLASS_STACKED);
  g_assert_cmpuint (eonay_text_class_scan ("a\n\u0301"), ==,
                    EONAY_TEXT_CLASS_STACKED | EONAY_TEXT_CLASS_CONTROL);
  g_assert_cmpuint (eonay_text_class_scan ("a\u200d\u0301"), ==,
                    EONAY_TEXT_CLASS_STACKED | EONAY_TEXT_CLASS_FORMAT);
}

/* Vowels of Hangul by themselves are drawn upon what is before them, by a terminal in its cell. */
static void
test_zero_width_letters (void)
{
  g_assert_cmpuint (eonay_text_class_scan ("\uac00 \u1100\u1161\u11a8"), ==, 0);
  g_assert_cmpuint (eonay_text_class_scan ("\u1161"), ==, EONAY_TEXT_CLASS_STACKED);
  g_assert_cmpuint (eonay_text_class_scan ("k\u1161\u1161\u1161\u1161"), ==,
                    EONAY_TEXT_CLASS_STACKED);
}

static void
assert_line (const char *bytes, gssize length, const char *expected)
{
  g_autofree char *line = eonay_text_class_make_line (bytes, length);
  g_autofree char *again = eonay_text_class_make_line (line, -1);

  g_assert_cmpstr (line, ==, expected);
  g_assert_cmpstr (again, ==, line);
}

static void
test_names_pass (void)
{
  const char *names[] = {
    "ŞÜKRÜ ÇAĞLAYAN İĞDIR",   "Işıl Öztürk-Ünüvar", "Zoë Nuñez d’Ávila",   "Łukasz Żółć",
    "Ελένη Παπαδοπούλου",     "Наталья Щёголева",   "Nguyễn Thị Ổn",       "Đặng Ǆ Þór ẞ",
    "E-GÜVEN Nitelikli A.Ş.", "ᾧ Ὀδυσσεύς",         "Kart 1 · №5 (€) „x“", "田中",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *composed = g_utf8_normalize (names[i], -1, G_NORMALIZE_DEFAULT_COMPOSE);
      g_autofree char *apart = g_utf8_normalize (names[i], -1, G_NORMALIZE_DEFAULT);

      assert_line (composed, -1, composed);
      assert_line (apart, -1, composed);
      g_assert_cmpuint (eonay_text_class_scan (composed), ==, EONAY_TEXT_CLASS_ORDINARY);
      g_assert_cmpuint (eonay_text_class_scan (apart), ==, EONAY_TEXT_CLASS_ORDINARY);
    }
}

static void
test_lines (void)
{
  assert_line (NULL, 0, "");
  assert_line ("", -1, "");
  assert_line ("  e-imza \u00a0 ", -1, "e-imza");
  assert_line ("AKIS\0\n", 6, "AKIS⟦U+0000⟧⟦U+000A⟧");
  assert_line ("\0", 1, "⟦U+0000⟧");
  assert_line ("Kart\x1b[2J\r\xc2\x9b", -1, "Kart⟦U+001B⟧[2J⟦U+000D⟧⟦U+009B⟧");
  assert_line (" \u0307x", -1, "⟦U+0307⟧x");
  assert_line ("\n\u2003x \u0307 ", -1, "⟦U+000A⟧⟦U+2003⟧x \u0307");
  assert_line ("Ali\u202eIZNAY", -1, "Ali⟦U+202E⟧IZNAY");
  assert_line ("\u3164\u0627\u0336", -1, "⟦U+3164⟧⟦U+0627⟧⟦U+0336⟧");
  assert_line ("u\u0308\u0301\u0301\u0301\u0301", -1, "\u01d8\u0301\u0301\u0301");
  assert_line ("x\u0301\u0301\u0301\u0301\u0301", -1, "x\u0301\u0301\u0301⟦U+0301⟧⟦U+0301⟧");
  assert_line ("\xff\xfe\xc5", -1, "\ufffd\ufffd\ufffd");
  assert_line ("\xed\xa0\x80 \xf4\x90\x80\x80", -1, "\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd");
}

static void
test_long_lines (void)
{
  g_autofree char *longest = g_strnfill (EONAY_TEXT_LINE_MAX, 'a');
  g_autofree char *longer = g_strnfill (EONAY_TEXT_LINE_MAX + 1, 'a');
  g_autofree char *name = eonay_text_class_make_name (longer, -1);
  g_autofree char *head = g_strndup (longer, EONAY_TEXT_LINE_MAX - 1);
  g_autofree char *cut = g_strconcat (head, "…", NULL);
  g_autoptr (GString) tower = g_string_new ("a");
  g_autofree char *line = NULL;

  assert_line (longest, -1, longest);
  assert_line (longer, -1, cut);
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, EONAY_TEXT_NAME_MAX);
  g_assert_true (g_str_has_suffix (name, "a…"));

  /* As bad as can be for a normalization that sorts marks by exchange. */
  for (guint i = 0; i < 400000; i++)
    g_string_append (tower, i % 2 == 0 ? "\u0301" : "\u0323");
  line = eonay_text_class_make_line (tower->str, -1);
  g_assert_cmpint (g_utf8_strlen (line, -1), ==, EONAY_TEXT_LINE_MAX);
  g_assert_true (g_str_has_suffix (line, "…"));
}

static void
assert_text (const char *bytes, gssize length, const char *expected)
{
  g_autofree char *text = eonay_text_class_make_text (bytes, length);
  g_autofree char *again = eonay_text_class_make_text (text, -1);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (again, ==, text);
}

static void
test_texts (void)
{
  assert_text (NULL, -1, "");
  assert_text (" I\u0307\tx\n\n", -1, " I\u0307\tx\n\n");
  assert_text ("a\r\nb\0\x1b]0;t\a", 11, "a⟦U+000D⟧\nb⟦U+0000⟧⟦U+001B⟧]0;t⟦U+0007⟧");
  assert_text ("a\u2028b\xc2", -1, "a⟦U+2028⟧b\ufffd");
}

static void
assert_accepted (const char *text, const char *expected)
{
  g_autofree char *line = eonay_text_class_accept_line (text);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_accepted_lines (void)
{
  assert_accepted ("Sözleşme", "Sözleşme");
  assert_accepted (" So\u0308zles\u0327me\u00a0", "Sözleşme");
  assert_accepted ("", NULL);
  assert_accepted (" \u00a0 ", NULL);
  assert_accepted (" \u0307x", NULL);
  assert_accepted ("a\nb", NULL);
  assert_accepted ("a\tb", NULL);
  assert_accepted ("s\u0336o\u0336z", NULL);
  assert_accepted ("\u3164", NULL);
  assert_accepted ("\u0627", NULL);
  assert_accepted ("e\u0301\u0301\u0301\u0301\u0301", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text-class/characters", test_characters);
  g_test_add_func ("/base/text-class/marks", test_marks);
  g_test_add_func ("/base/text-class/names-pass", test_names_pass);
  g_test_add_func ("/base/text-class/lines", test_lines);
  g_test_add_func ("/base/text-class/long-lines", test_long_lines);
  g_test_add_func ("/base/text-class/zero-width-letters", test_zero_width_letters);
  g_test_add_func ("/base/text-class/texts", test_texts);
  g_test_add_func ("/base/text-class/accepted-lines", test_accepted_lines);

  return g_test_run ();
}
