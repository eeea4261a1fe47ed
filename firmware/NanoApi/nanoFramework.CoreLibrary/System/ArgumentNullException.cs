namespace System
{
    public class ArgumentNullException : ArgumentException
    {
        public extern ArgumentNullException();
        public extern ArgumentNullException(string paramName);
        public extern ArgumentNullException(string message, Exception innerException);
        public extern ArgumentNullException(string paramName, string message);

        public static extern void ThrowIfNull(object argument, string paramName = null);
    }
}
