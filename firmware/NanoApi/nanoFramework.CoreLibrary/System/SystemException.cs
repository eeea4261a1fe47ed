namespace System
{
    public class SystemException : Exception
    {
        public extern SystemException();
        public extern SystemException(string message);
        public extern SystemException(string message, Exception innerException);
    }
}
