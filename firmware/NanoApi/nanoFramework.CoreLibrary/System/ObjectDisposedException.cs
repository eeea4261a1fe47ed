namespace System
{
    public class ObjectDisposedException : SystemException
    {
        public extern ObjectDisposedException();
        public extern ObjectDisposedException(string message);
        public extern ObjectDisposedException(string message, Exception innerException);
    }
}
