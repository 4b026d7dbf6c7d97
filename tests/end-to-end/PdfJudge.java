import com.itextpdf.text.pdf.AcroFields;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.security.PdfPKCS7;
import java.security.Security;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Prints of each PDF: its path, how many signatures verify, how many there are, and whether the last one
 * is over the whole file; or what is wrong. */
public class PdfJudge {
  static String judge(String path) throws Exception {
    PdfReader reader = new PdfReader(path);
    AcroFields fields = reader.getAcroFields();
    List<String> names = fields.getSignatureNames();
    int valid = 0;
    boolean whole = false;

    for (String name : names) {
      PdfPKCS7 signature = fields.verifySignature(name);

      valid += signature.verify() ? 1 : 0;
      whole = fields.signatureCoversWholeDocument(name);
    }
    reader.close();

    return valid + " of " + names.size() + (whole ? ", whole" : ", not whole");
  }

  public static void main(String[] paths) {
    Security.addProvider(new BouncyCastleProvider());
    for (String path : paths) {
      try {
        System.out.println(path + "\t" + judge(path));
      } catch (Throwable error) {
        System.out.println(path + "\t" + error);
      }
    }
  }
}
