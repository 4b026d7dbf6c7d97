#include <glib/gi18n-lib.h>

#include "eonay-config.h"
#include "session/diagnosis/eonay-judge.h"

static const char override_network[] =
    "flatpak override --user --share=network " EONAY_APPLICATION_ID;
static const char override_p11_kit[] =
    "flatpak override --user --filesystem=xdg-run/p11-kit/pkcs11 " EONAY_APPLICATION_ID;

/* The module is the one that most cards of this country need; the guide says how to serve another. */
static const char start_server[] =
    "mkdir -p \"$XDG_RUNTIME_DIR/p11-kit\" && p11-kit server "
    "--name \"$XDG_RUNTIME_DIR/p11-kit/pkcs11\" --provider /usr/lib/libakisp11.so pkcs11:";

static EonayFinding *
judge_lack (EonayFindingState state, const char *found, const char *command)
{
  EonayFinding *finding = eonay_finding_new_remedy (
      state, NULL, g_strdup (found), _ ("Give the permission and start the program again."));

  finding->command = command;

  return finding;
}

EonayFinding *
eonay_judge_sandbox (const EonaySandboxFacts *facts)
{
  if (!facts->is_sandboxed)
    return eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                              g_strdup (_ ("The program does not run in a Flatpak.")));
  if (!facts->has_pcsc)
    return judge_lack (EONAY_FINDING_FAILURE, _ ("The Flatpak may not use the smart card service."),
                       EONAY_JUDGE_PCSC_COMMAND);
  if (!facts->has_network)
    return judge_lack (EONAY_FINDING_FAILURE, _ ("The Flatpak may not use the network."),
                       override_network);
  if (!facts->has_p11_kit)
    return judge_lack (EONAY_FINDING_WARNING,
                       _ ("The Flatpak may not use this computer’s PKCS#11 modules."),
                       override_p11_kit);

  return eonay_finding_new (EONAY_FINDING_OK,
                            g_strdup (_ ("The Flatpak may use smart cards, PKCS#11 modules and the "
                                         "network.")));
}

static EonayFinding *
judge_lacking_server (const char *found)
{
  EonayFinding *finding = eonay_finding_new_remedy (
      EONAY_FINDING_WARNING, NULL, g_strdup (found),
      _ ("Start one with the module of your card, as in this command for AKİS, then close e-Onay and "
         "start it again."));

  finding->command = start_server;

  return finding;
}

EonayFinding *
eonay_judge_host_modules (const EonaySandboxFacts *facts, const EonayCardEvidence *evidence)
{
  if (!facts->is_sandboxed)
    return eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                              g_strdup (_ ("The program does not run in a Flatpak.")));
  if (evidence->service == NULL)
    return eonay_finding_new (EONAY_FINDING_NOT_APPLICABLE,
                              g_strdup (_ ("Practice mode uses no module.")));
  if (!facts->has_p11_kit)
    return eonay_finding_new (
        EONAY_FINDING_UNKNOWN,
        g_strdup (_ ("Not checked, as the Flatpak has no permission for it.")));
  if (facts->server == EONAY_PKCS11_SERVER_LISTENING)
    return eonay_finding_new (EONAY_FINDING_OK,
                              g_strdup (_ ("A p11-kit server offers this computer’s modules.")));
  if (eonay_judge_can_sign (evidence))
    return eonay_finding_new (
        EONAY_FINDING_NOT_APPLICABLE,
        g_strdup (_ ("There is no p11-kit server; the card that is in use does not need it.")));
  if (facts->server == EONAY_PKCS11_SERVER_SILENT)
    return judge_lacking_server (_ ("The p11-kit server does not answer any more: cards that need "
                                    "their maker’s module are not found."));

  return judge_lacking_server (_ ("When e-Onay was started there was no p11-kit server: cards that "
                                  "need their maker’s module are not found in the Flatpak."));
}

EonayFinding *
eonay_judge_isolation (const EonaySandboxLack *lack)
{
  const char *found;

  if (lack == NULL)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL,
        g_strdup (_ ("The helper program that runs PKCS#11 modules does not start.")),
        _ ("Install the program again, whole."));
  if (*lack == EONAY_SANDBOX_LACKS_NOTHING)
    return eonay_finding_new (
        EONAY_FINDING_OK,
        g_strdup (_ ("PKCS#11 modules run without network, without other programs, "
                     "and with the files that they need.")));

  if (*lack == EONAY_SANDBOX_LACKS_FILES)
    found = _ ("This system’s kernel has no Landlock: a PKCS#11 module could read and change your "
               "files.");
  else if (*lack == EONAY_SANDBOX_LACKS_CALLS)
    found = _ ("This system’s kernel has no seccomp: a PKCS#11 module could use the network and "
               "start other programs.");
  else
    found = _ ("This system’s kernel has neither Landlock nor seccomp: a PKCS#11 module could do "
               "whatever you can.");

  return eonay_finding_new_remedy (
      EONAY_FINDING_WARNING, NULL, g_strdup (found),
      _ ("Choose only modules that you trust; a newer operating system confines them."));
}

EonayFinding *
eonay_judge_locale (const EonayLocaleFacts *facts)
{
  if (g_strcmp0 (facts->effective, "C") == 0 && g_strcmp0 (facts->wanted, "C") != 0 &&
      g_strcmp0 (facts->wanted, "POSIX") != 0)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL,
        g_strdup_printf (_ ("The language setting %s is not installed on this computer."),
                         facts->wanted),
        _ ("Choose the language in the system settings again, or ask your administrator to."));
  if (!facts->is_utf8)
    return eonay_finding_new_remedy (
        EONAY_FINDING_WARNING, NULL,
        g_strdup_printf (_ ("The language setting %s is not a UTF-8 one, so some letters cannot be "
                            "shown."),
                         facts->effective),
        _ ("Choose the language in the system settings again, or ask your administrator to."));
  if (facts->is_turkish && !facts->is_translated)
    return eonay_finding_new_remedy (EONAY_FINDING_WARNING, NULL,
                                     g_strdup (_ ("The program’s Turkish texts are not there.")),
                                     _ ("Install the program again, whole."));

  return eonay_finding_new (EONAY_FINDING_OK, g_strdup (facts->effective));
}
