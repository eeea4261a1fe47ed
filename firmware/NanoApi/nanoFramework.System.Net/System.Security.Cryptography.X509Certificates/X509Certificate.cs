namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        public extern X509Certificate();
        public extern X509Certificate(byte[] certificate);
        public extern X509Certificate(string certificate);

        public extern string Issuer { get; }
        public extern string Subject { get; }

        public extern DateTime GetEffectiveDate();
        public extern DateTime GetExpirationDate();
        public extern byte[] GetRawCertData();
    }
}
