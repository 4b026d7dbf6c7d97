#include <locale.h>

#include "session/diagnosis/eonay-judge.h"
#include "test-finding.h"

/* What the facts about the language and the Flatpak mean. */

static void
test_locale (void)
{
  EonayLocaleFacts facts = { .wanted = (char *) "tr_TR.UTF-8",
                             .effective = (char *) "tr_TR.UTF-8",
                             .is_utf8 = TRUE,
                             .is_turkish = TRUE,
                             .is_translated = TRUE };

  assert_finding (eonay_judge_locale (&facts), EONAY_FINDING_OK, NULL, "tr_TR.UTF-8");
  facts.is_translated = FALSE;
  assert_finding (eonay_judge_locale (&facts), EONAY_FINDING_WARNING, NULL, "Turkish");
  facts.is_turkish = FALSE;
  assert_finding (eonay_judge_locale (&facts), EONAY_FINDING_OK, NULL, "");
  facts.is_utf8 = FALSE;
  assert_finding (eonay_judge_locale (&facts), EONAY_FINDING_WARNING, NULL, "UTF-8 one");
  facts.effective = (char *) "C";
  assert_finding (eonay_judge_locale (&facts), EONAY_FINDING_WARNING, NULL, "not installed");
}

#define INFO "[Application]\nname=io.github.eonay.Eonay\n[Context]\n"

static void
assert_sandbox (const char *text, EonayFindingState state, const char *words)
{
  g_autoptr (EonaySandboxFacts) facts = eonay_sandbox_facts_parse (text);

  assert_finding (eonay_judge_sandbox (facts), state, NULL, words);
}

static void
test_sandbox (void)
{
  assert_sandbox (NULL, EONAY_FINDING_NOT_APPLICABLE, "not run in a Flatpak");
  assert_sandbox (INFO "shared=network;ipc;\nsockets=x11;wayland;pcsc;\n"
                       "filesystems=xdg-run/p11-kit/pkcs11;\n",
                  EONAY_FINDING_OK, "network");
  assert_sandbox (INFO "shared=network;\nsockets=x11;\nfilesystems=xdg-run/p11-kit:ro;\n",
                  EONAY_FINDING_FAILURE, "--socket=pcsc");
  assert_sandbox (INFO "shared=network;\nsockets=pcsc;\nfilesystems=xdg-run/p11-kit:ro;\n",
                  EONAY_FINDING_OK, "network");
  assert_sandbox (INFO "shared=network;\nsockets=pcsc;\nfilesystems=xdg-run/p11-kitap;\n",
                  EONAY_FINDING_WARNING, "--filesystem=xdg-run/p11-kit/pkcs11");
  assert_sandbox (INFO "shared=ipc;\nsockets=pcsc;\n", EONAY_FINDING_FAILURE, "--share=network");
  assert_sandbox (INFO "shared=network;\nsockets=pcsc;\nfilesystems=host;\n", EONAY_FINDING_WARNING,
                  "--filesystem=xdg-run/p11-kit");
  assert_sandbox ("no key file", EONAY_FINDING_FAILURE, "pcsc");
  assert_sandbox ("", EONAY_FINDING_FAILURE, "pcsc");
}

/* Only where a card may need a module is its server missed. */
static void
test_host_modules (void)
{
  EonaySandboxFacts facts = { .is_sandboxed = TRUE, .has_p11_kit = TRUE };
  g_autoptr (EonayPcscProbeFacts) service = eonay_pcsc_probe_facts_new ();
  g_autoptr (GPtrArray) cards =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_facts_free);
  EonayCardEvidence evidence = { .service = service, .is_sandboxed = TRUE, .cards = cards };

  facts.server = EONAY_PKCS11_SERVER_MISSING;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_WARNING, NULL,
                  "p11-kit server --name");
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_WARNING, NULL,
                  "When e-Onay was started");
  facts.server = EONAY_PKCS11_SERVER_SILENT;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_WARNING, NULL,
                  "does not answer");
  facts.server = EONAY_PKCS11_SERVER_LISTENING;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_OK, NULL, "offers");
  facts.has_p11_kit = FALSE;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_UNKNOWN, NULL,
                  "permission");
  evidence.service = NULL;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_NOT_APPLICABLE, NULL,
                  "Practice");
  facts.is_sandboxed = FALSE;
  assert_finding (eonay_judge_host_modules (&facts, &evidence), EONAY_FINDING_NOT_APPLICABLE, NULL,
                  "not run in a Flatpak");
}

static void
test_runtime (void)
{
  g_autoptr (EonaySandboxFacts) facts =
      eonay_sandbox_facts_parse ("[Application]\nruntime=runtime/org.gnome.Platform/x86_64/51\n");
  g_autoptr (EonaySandboxFacts) none = eonay_sandbox_facts_parse (INFO);

  g_assert_cmpstr (facts->runtime, ==, "org.gnome.Platform/x86_64/51");
  g_assert_null (none->runtime);
}

static void
assert_isolation (EonaySandboxLack lack, EonayFindingState state, const char *words)
{
  assert_finding (eonay_judge_isolation (&lack), state, NULL, words);
}

static void
test_isolation (void)
{
  assert_isolation (EONAY_SANDBOX_LACKS_NOTHING, EONAY_FINDING_OK, "without network");
  assert_isolation (EONAY_SANDBOX_LACKS_FILES, EONAY_FINDING_WARNING, "no Landlock");
  assert_isolation (EONAY_SANDBOX_LACKS_CALLS, EONAY_FINDING_WARNING, "no seccomp");
  assert_isolation (EONAY_SANDBOX_LACKS_FILES | EONAY_SANDBOX_LACKS_CALLS, EONAY_FINDING_WARNING,
                    "neither Landlock nor seccomp");
  assert_finding (eonay_judge_isolation (NULL), EONAY_FINDING_WARNING, NULL, "does not start");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-system/host-modules", test_host_modules);
  g_test_add_func ("/judge-system/isolation", test_isolation);
  g_test_add_func ("/judge-system/locale", test_locale);
  g_test_add_func ("/judge-system/runtime", test_runtime);
  g_test_add_func ("/judge-system/sandbox", test_sandbox);

  return g_test_run ();
}
